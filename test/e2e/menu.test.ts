/** "Label this video": what the user asks for is labelled, also where Assay would wait or is off, and nothing else. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Tab } from '../../src/cli/drive/driver';
import { saysIn } from './support/files-page';
import { BROWSERS } from './support/launch';
import type { Assay } from './support/launch';
import { closedRoot, page, video } from './support/pages';
import type { TestServer } from './support/server';
import { badges, HOST, hosts, untilInPanel } from './support/surfaces';
import { onStage } from './support/stage';

const API = '(globalThis.browser ?? globalThis.chrome)';
const SIGNED = 'Unverified signer says: AI-generated';
const panelSays = (words: string): string =>
  `(root) => { const p = root.querySelector('.panel'); return p?.checkVisibility() && p.textContent.includes('${words}'); }`;

describe.each(BROWSERS)('%s', (name) => {
  let assay: Assay;
  let web: TestServer;
  onStage(name, (stage) => void ({ assay, web } = stage), { log: true });

  beforeEach(async () => {
    await assay.setSite('site.test', undefined);
    await assay.setSettings({ enabled: true, mode: 'everywhere' });
  });

  const open = async (path: string, body: string): Promise<Tab> => {
    const tab = await assay.browser.openTab(web.url(web.page(path, page(body))));
    await tab.activate();
    return tab;
  };
  const choose = (src: string): Promise<void> =>
    assay.browser.chooseMenu({ menuItemId: 'video', frameId: 0, srcUrl: src === '' ? '' : web.url(src) });

  test('the items are there; on what is no video, or no address of the web, nothing happens', async () => {
    const change = (id: string): Promise<void> =>
      assay.control.evaluate(`(id) => ${API}.contextMenus.update(id, { visible: true })`, id);
    for (const id of ['video', 'link']) await change(id);
    await expect(change('other')).rejects.toThrow();
    await assay.setSite('site.test', 'off');
    const tab = await open('/nothing', '<p>No video</p>');
    await choose('/media/ai-signed.mp4'); // a video that has gone meanwhile
    await assay.browser.chooseMenu({ menuItemId: 'link', frameId: 0, linkUrl: 'javascript:alert(1)' });
    expect(await hosts(tab)).toBe(0);
    expect((await assay.browser.findTabs(assay.browser.extensionUrl('label.html?'))).length).toBe(0);
    await tab.close();
  });

  test('on a small video that gets no badge: badge and panel', async () => {
    const small = 'muted loop autoplay style="width:90px;height:60px"';
    const tab = await open('/small', video('/media/ai-signed.mp4', small));
    await tab.waitFor('document.querySelector("video").readyState === 4');
    expect(await badges(tab)).toEqual([]);
    await choose('/media/ai-signed.mp4');
    await untilInPanel(tab, panelSays(SIGNED));
    expect(await hosts(tab)).toBe(1);
    await tab.close();
  });

  test('on one that is not loaded: the click is what asks for its bytes', async () => {
    const tab = await open('/waiting', video('/media/ai-signed.mp4', 'controls preload="none"'));
    await choose('/media/ai-signed.mp4');
    await untilInPanel(tab, panelSays(SIGNED));
    expect(await tab.evaluate('document.querySelector("video").readyState')).toBe(0);
    await tab.close();
  });

  test('on one with a badge: its panel, and it stays open when asked for again', async () => {
    const tab = await open('/badge', video('/media/unsigned.mp4') + video('/media/ai-signed.mp4'));
    await expect.poll(async () => (await badges(tab)).length, { timeout: 30_000 }).toBe(2);
    for (let times = 0; times < 2; times++) {
      await choose('/media/ai-signed.mp4');
      await untilInPanel(tab, panelSays(SIGNED));
    }
    expect(await hosts(tab)).toBe(1);
    await tab.close();
  });

  test.each([
    ['the site is off', { site: 'off' as const, enabled: true }],
    ['all is off', { site: undefined, enabled: false }],
  ])('%s: this one video only, until Assay is on again', async (_, { site, enabled }) => {
    await assay.setSite('site.test', site);
    await assay.setSettings({ enabled });
    const tab = await open('/off', video('/media/unsigned.mp4') + video('/media/ai-signed.mp4'));
    await tab.waitFor('[...document.querySelectorAll("video")].every((v) => v.readyState === 4)');
    expect(await hosts(tab)).toBe(0);
    await choose('/media/ai-signed.mp4');
    await untilInPanel(tab, panelSays(SIGNED));
    expect(await badges(tab)).toEqual([SIGNED]);
    await tab.press('Escape');
    await untilInPanel(tab, `(root) => root.querySelector('.panel').hidden`);
    await choose('/media/ai-signed.mp4');
    await untilInPanel(tab, panelSays(SIGNED));
    expect(await hosts(tab)).toBe(1);

    await assay.setSettings({ enabled: true });
    await assay.setSite('site.test', undefined);
    await expect.poll(() => badges(tab), { timeout: 30_000 }).toEqual(['No credentials', SIGNED]);
    expect(await hosts(tab)).toBe(1);
    await choose('/media/unsigned.mp4');
    await untilInPanel(tab, panelSays('No credentials'));
    await assay.setSite('site.test', 'off');
    await tab.waitFor(`document.querySelectorAll('${HOST}').length === 0`);
    await tab.close();
  });

  test('in a closed root, on a site that is off', async () => {
    await assay.setSite('site.test', 'off');
    const tab = await open('/closed', closedRoot('/media/ai-signed.mp4'));
    await choose('/media/ai-signed.mp4');
    await untilInPanel(tab, panelSays(SIGNED));
    await tab.close();
  });

  test('on a link: the page for files opens with that address, without cookies', async () => {
    const tab = await open('/link', `<a href="/media/ai-signed.mp4">A file</a>`);
    web.forget();
    await assay.browser.chooseMenu({ menuItemId: 'link', frameId: 0, linkUrl: web.url('/media/ai-signed.mp4') });
    const prefix = assay.browser.extensionUrl('label.html?url=');
    await expect.poll(async () => (await assay.browser.findTabs(prefix)).length, { timeout: 15_000 }).toBe(1);
    const [files] = (await assay.browser.findTabs(prefix)) as [Tab];
    await files.waitFor(`${saysIn(0)} === '${SIGNED}'`, {
      timeoutMs: 30_000,
    });
    expect(web.seen().filter((s) => s.headers.cookie !== undefined)).toEqual([]);
    await files.close();
    await tab.close();
  });
});
