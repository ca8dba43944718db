/** Credentials kept elsewhere: no request before the user asks, one without cookies after it, and what it proves. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Label } from '../../src/contract/label';
import { BROWSERS, launchAssay } from './support/launch';
import { belowOf, giveFiles, saysIn } from './support/files-page';
import type { Assay } from './support/launch';
import { page, video } from './support/pages';
import { startTestServer } from './support/server';
import type { Seen, TestServer } from './support/server';
import { clickIn, openPanel, untilInPanel } from './support/surfaces';

describe.each(BROWSERS)('%s', (name) => {
  let assay: Assay;
  let web: TestServer;
  const folder = mkdtempSync(join(tmpdir(), 'assay-remote-'));
  const path = (file: string): string => join(folder, file);

  beforeAll(async () => {
    web = await startTestServer({ https: true });
    const links = {
      good: web.media(path('good.c2pa'), 'cdn.test', true),
      gone: web.url('/nothing-here.c2pa', 'cdn.test', true),
      text: web.fault('text', 'text.c2pa', 'cdn.test', true),
      sent: web.fault('elsewhere', path('good.c2pa'), 'cdn.test', true),
      plain: web.media(path('good.c2pa'), 'cdn.test'),
      inside: web.media(path('good.c2pa'), 'cdn.test', true).replace('cdn.test', '127.0.0.1'),
    };
    const pairs = Object.entries(links).map(([file, link]) => `${file}=${link}`);
    execFileSync(process.execPath, ['test/e2e/support/remote-file.mjs', folder, ...pairs]);
    const tampered = readFileSync(path('good.mp4'));
    const at = tampered.indexOf('mdat') + 40_000;
    tampered[at] = (tampered[at] ?? 0) ^ 1;
    writeFileSync(path('tampered.mp4'), tampered);
    assay = await launchAssay(name);
    await assay.setSettings({ estimate: false, marks: false });
  });
  afterAll(async () => {
    await assay.close();
    await web.close();
    rmSync(folder, { recursive: true });
  });

  const asked = (): Seen[] => web.seen().filter((s) => s.path.includes('.c2pa'));
  const read = async (file: string, remote: boolean): Promise<Label['credentials']> => {
    web.forget();
    const url = web.media(path(file));
    const request = { url, input: url, name: file, remote };
    const label = await assay.control.evaluate<Label>('(request) => window.assay.labelUrl(request)', request);
    return label.credentials;
  };

  test('nothing is asked before the click; the click asks once, without cookies, and the panel tells', async () => {
    const tab = await assay.open(web.url('/empty', 'cdn.test', true));
    await tab.evaluate(`document.cookie = 'who=me; SameSite=None; Secure'`);
    web.page('/remote', page(video(web.media(path('good.mp4')))));
    await tab.goto(web.url('/remote'));
    const [before] = (await assay.labelsOf(tab)) as Label[];
    expect(before?.credentials).toMatchObject({ state: 'remote', detail: 'cdn.test', reason: null });
    await openPanel(tab);
    await untilInPanel(
      tab,
      `(root) => root.querySelector('#read-remote')?.textContent === 'Read credentials from cdn.test'`,
    );
    mkdirSync('.cache/screenshots', { recursive: true });
    writeFileSync(`.cache/screenshots/remote-${name}.png`, await tab.screenshot());
    expect(asked()).toEqual([]);
    await clickIn(tab, '#read-remote');
    await untilInPanel(
      tab,
      `(root) => root.querySelector('.badge').textContent.includes('Unverified signer says: AI-generated')`,
    );
    expect(asked().map((s) => [s.method, s.host, s.headers.cookie, s.headers.referer])).toEqual([
      ['GET', 'cdn.test', undefined, undefined],
    ]);
    await untilInPanel(tab, `(root) => root.querySelector('#history') !== null`);
    await tab.close();
  });

  test('the page for files asks for nothing before its button is pressed', async () => {
    web.forget();
    const tab = await assay.browser.openTab(assay.browser.extensionUrl('label.html'));
    await tab.waitFor('document.querySelector("#files") !== null');
    await giveFiles(tab, 'choice', { name: 'good.mp4', from: web.media(path('good.mp4')) });
    const button = `${belowOf(0)}.querySelector('#read-remote')`;
    await tab.waitFor(`${button}?.textContent === 'Read credentials from cdn.test'`, { timeoutMs: 30_000 });
    await tab.waitFor(`${belowOf(0)}.querySelector('pre').textContent.includes('"band"')`);
    expect(asked()).toEqual([]);
    await tab.evaluate(`${button}.click()`);
    await tab.waitFor(`${saysIn(0)} === 'Unverified signer says: AI-generated'`, { timeoutMs: 30_000 });
    expect(asked()).toHaveLength(1);
    await tab.close();
  });

  test.each([
    ['good.mp4', { state: 'unrecognised', says: 'ai-generated', reason: 'untrusted' }, 1],
    ['tampered.mp4', { state: 'changed', says: 'nothing' }, 1],
    ['gone.mp4', { state: 'remote', reason: 'http-error', detail: 'cdn.test' }, 1],
    ['text.mp4', { state: 'remote', reason: 'not-media', detail: 'cdn.test' }, 1],
    ['sent.mp4', { state: 'remote', reason: 'network', detail: 'cdn.test' }, 1],
    ['plain.mp4', { state: 'remote', reason: 'not-public', detail: 'cdn.test' }, 0],
    ['inside.mp4', { state: 'remote', reason: 'not-public', detail: '127.0.0.1' }, 0],
  ])('%s, when asked: %j', async (file, expected, requests) => {
    expect(await read(file, false)).toMatchObject({ state: 'remote', reason: null });
    expect(asked()).toEqual([]);
    expect(await read(file, true)).toMatchObject(expected);
    expect(asked()).toHaveLength(requests);
  });

  test('the command line asks with --remote only, and its table says why nothing came', () => {
    const run = (...args: string[]): string => {
      const all = ['dist/cli/cli.mjs', '--headless', '--no-estimate', '--browser', name, ...args];
      return spawnSync(process.execPath, [...all, path('plain.mp4')], { encoding: 'utf8' }).stdout;
    };
    const brief = (json: string): string => {
      const { credentials } = JSON.parse(json) as Label;
      return `${credentials.state} ${String(credentials.reason)}`;
    };
    expect(brief(run('--json'))).toBe('remote null');
    expect(brief(run('--json', '--remote'))).toBe('remote not-public');
    expect(run('--remote')).toMatch(/Credentials kept elsewhere: Assay does not ask this address/);
  });
});
