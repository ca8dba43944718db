/**
 * An organisation's policy in Firefox, which reads it from the home folder. (Chromium reads it from one place for
 * the whole machine; its part is in test/unit/policy.test.ts.)
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Label } from '../../src/contract/label';
import { noticeSites } from '../../src/contract/notices';
import { BROWSERS, launchAssay } from './support/launch';
import type { Assay } from './support/launch';
import { page, video } from './support/pages';
import { startTestServer } from './support/server';
import type { TestServer } from './support/server';

const ID = 'assay@assay.invalid';
const POLICY = {
  estimate: false,
  marks: false,
  notices: true,
  noticesOff: ['x'],
  sitesOff: ['site.test'],
  anchors: [readFileSync('test/fixtures/test-root.pem', 'utf8'), 'no certificate'],
};

describe.runIf(BROWSERS.includes('firefox'))('firefox', () => {
  const ownHome = process.env['HOME'];
  let home: string;
  let assay: Assay;
  let web: TestServer;
  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'assay-home-'));
    const folder = join(home, '.mozilla/managed-storage');
    mkdirSync(folder, { recursive: true });
    const manifest = { name: ID, description: 'Policy', type: 'storage', data: POLICY };
    writeFileSync(join(folder, `${ID}.json`), JSON.stringify(manifest));
    process.env['HOME'] = home;
    web = await startTestServer();
    assay = await launchAssay('firefox');
  });
  afterAll(async () => {
    await assay.close();
    await web.close();
    process.env['HOME'] = ownHome;
    rmSync(home, { recursive: true, force: true });
  });

  test('its anchors vouch', async () => {
    const label = (await assay.labelUrl(web.url('/media/ai-signed.mp4'))) as Label;
    expect(label.credentials).toMatchObject({ state: 'trusted-user', list: 'user' });
    expect(label.estimate.reason).toBe('switched-off');
  });

  test('the user’s own switch doesn’t win', async () => {
    await assay.setSettings({ estimate: true });
    await assay.setSite('site.test', 'on');
    const tab = await assay.open(web.url(web.page('/off', page(video('/media/ai-signed.mp4')))));
    expect(await assay.labelsOf(tab)).toMatchObject([{ error: { code: 'no-video' } }]);
    await tab.goto(web.url('/off', 'cdn.test'), 'load');
    expect(await assay.labelsOf(tab)).toMatchObject([{ estimate: { reason: 'switched-off' } }]);
    await tab.close();
  });

  test('the popup, too', async () => {
    const tab = await assay.open(web.url(web.page('/popup', page(video('/media/ai-signed.mp4')))));
    const id = await assay.control.evaluate<number>(
      'browser.tabs.query({}).then((tabs) => tabs.find((t) => t.url?.endsWith("/popup")).id)',
    );
    const popup = await assay.browser.openTab(assay.browser.extensionUrl(`popup.html?tab=${String(id)}`));
    await popup.waitFor('document.querySelectorAll("input[role=switch]").length === 3');
    const switches = await popup.evaluate<string[]>(
      '[...document.querySelectorAll("input[role=switch]")].map((s) => `${s.checked} ${s.disabled}`)',
    );
    expect(switches).toEqual(['true false', 'false true', 'false true']);
    await popup.close();
    await tab.close();
  });

  test('the options say what it sets, and let nobody change it', async () => {
    const options = await assay.browser.openTab(assay.browser.extensionUrl('options.html'));
    await options.waitFor(
      'document.querySelectorAll(".anchors li").length === 2 && document.querySelector(".sites li")',
    );
    expect(await options.evaluate('document.querySelector("input[role=switch]").disabled')).toBe(true);
    expect(await options.evaluate('document.querySelector("input[role=switch]").checked')).toBe(false);
    const told = await options.evaluate<string[]>(
      '[...document.querySelectorAll("small")].map((s) => s.textContent).filter((s) => s.startsWith("Set by"))',
    );
    expect(told).toHaveLength(5 + noticeSites.length);
    const readers = await options.evaluate<string[]>(
      '[...document.querySelectorAll("[data-reader] input")].map((s) => `${s.checked} ${s.disabled}`)',
    );
    expect(readers).toEqual(noticeSites.map((site) => (site === 'x' ? 'false true' : 'true true')));
    expect(await options.evaluate('document.querySelectorAll(".anchors button, .sites button").length')).toBe(0);
    expect(await options.evaluate('document.querySelector(".anchors .warning").textContent')).toMatch(
      /^No certificate/,
    );
    await options.close();
  });
});
