/** What is chosen in the options is so: on pages, in the panel, in every surface. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import type { Tab } from '../../src/cli/drive/driver';
import { BROWSERS } from './support/launch';
import type { Assay } from './support/launch';
import { page, video } from './support/pages';
import type { TestServer } from './support/server';
import { badges, HOST, openPanel, untilInPanel } from './support/surfaces';
import { onStage } from './support/stage';

const API = '(globalThis.browser ?? globalThis.chrome)';
const LOOPING = 'controls muted autoplay loop';

describe.each(BROWSERS)('%s', (name) => {
  let assay: Assay;
  let web: TestServer;
  onStage(name, (stage) => void ({ assay, web } = stage));

  afterEach(async () => {
    await assay.control.evaluate(`${API}.storage.local.remove(['size', 'saver', 'language', 'corner', 'site:a.test'])`);
  });

  const options = async (): Promise<Tab> => {
    const tab = await assay.browser.openTab(assay.browser.extensionUrl('options.html'));
    await tab.waitFor('document.querySelector("select") !== null');
    return tab;
  };
  const openPage = async (path: string, attributes?: string): Promise<Tab> => {
    const tab = await assay.open(web.url(web.page(path, page(video('/media/ai-signed.mp4', attributes)))));
    await tab.activate();
    return tab;
  };
  const shoot = async (tab: Tab, look: string): Promise<void> => {
    mkdirSync('.cache/screenshots', { recursive: true });
    writeFileSync(`.cache/screenshots/${look}-${name}.png`, await tab.screenshot());
  };
  const choose = (tab: Tab, group: string, at: number): Promise<void> =>
    tab.evaluate(`(group, at) => document.querySelectorAll('input[name=' + group + ']')[at].click()`, group, at);

  const BOX = `(root) => {
    const badge = root.querySelector('.badge').getBoundingClientRect();
    const words = root.querySelector('.words').getBoundingClientRect();
    return { x: badge.x, y: badge.y, width: badge.width, height: badge.height, words: words.width };
  }`;
  type Box = Record<'x' | 'y' | 'width' | 'height' | 'words', number>;

  test('size and corner of the badge, at once', async () => {
    const tab = await openPage('/size');
    await expect.poll(async () => (await badges(tab)).length, { timeout: 30_000 }).toBe(1);
    await tab.evaluate('document.querySelector("video").pause()');
    await assay.labelsOf(tab);
    const box = (): Promise<Box> => tab.inShadow<Box>(HOST, BOX);
    const normal = await box();
    const form = await options();
    await choose(form, 'size', 2);
    await tab.activate();
    await expect.poll(async () => (await box()).height, { timeout: 10_000 }).toBeGreaterThan(normal.height * 1.2);
    await form.activate();
    await choose(form, 'size', 1);
    await tab.activate();
    await expect.poll(async () => (await box()).words, { timeout: 10_000 }).toBeLessThan(2);
    expect((await box()).height).toBeGreaterThanOrEqual(24);
    await form.activate();
    await choose(form, 'corner', 3);
    await tab.activate();
    await expect.poll(async () => (await box()).x, { timeout: 10_000 }).toBeGreaterThan(200);
    expect((await box()).y).toBeGreaterThan(100);
    await form.close();
    await tab.close();
  });

  test('a language: all surfaces speak it, whatever the browser’s is', async () => {
    const form = await options();
    await form.setViewport(900, 1400);
    await shoot(form, 'options');
    await form.evaluate(`(() => {
      const select = document.querySelector('select');
      select.value = 'de';
      select.dispatchEvent(new Event('change'));
    })()`);
    await form.waitFor('document.documentElement.lang === "de" && document.querySelector("select") !== null');
    expect(await form.evaluate('document.title')).toBe('Einstellungen von Assay');
    expect(await form.evaluate('document.querySelector("select").value')).toBe('de');
    await form.setViewport(340, 1400, { dark: true });
    expect(await form.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(
      true,
    );
    await shoot(form, 'options-narrow');
    await form.close();
    const tab = await openPage('/language');
    await expect.poll(() => badges(tab), { timeout: 30_000 }).toEqual(['Ungeprüfter Unterzeichner sagt: KI-generiert']);
    await openPanel(tab);
    await untilInPanel(tab, `(root) => root.querySelector('.panel').textContent.includes('Bericht sichern')`);
    expect(await tab.inShadow(HOST, '(root) => root.firstElementChild.lang')).toBe('de');
    const popup = await assay.browser.openTab(assay.browser.extensionUrl('popup.html'));
    await popup.waitFor('document.querySelector("h1") !== null');
    expect(await popup.evaluate('document.documentElement.lang')).toBe('de');
    await popup.close();
    await tab.close();
  });

  test('battery saver: one window of a video, however often it plays', async () => {
    await assay.setSettings({ estimate: true });
    await assay.control.evaluate(`${API}.storage.local.set({ saver: true })`);
    const tab = await openPage('/saver', LOOPING);
    await openPanel(tab);
    await untilInPanel(tab, `(root) => root.querySelectorAll('.window').length === 1`);
    await tab.evaluate(`new Promise((done) => {
      let rounds = 0;
      document.querySelector('video').addEventListener('seeked', () => { if (++rounds === 3) done(1); });
    })`);
    expect(await tab.inShadow(HOST, `(root) => root.querySelectorAll('.window').length`)).toBe(1);
    await tab.close();
  });

  test('stored data: counted, and forgotten when pressed twice', async () => {
    await assay.setSite('a.test', 'off');
    const form = await options();
    const row = `[...document.querySelectorAll('.stored li')].find((li) => li.textContent.startsWith('Sites with'))`;
    await form.waitFor(`${row}?.querySelector('.dim').textContent === '1'`);
    const press = (): Promise<void> => form.evaluate(`${row}.querySelector('button').click()`);
    await press();
    expect(await form.evaluate(`${row}.querySelector('button').textContent`)).toBe('Really forget?');
    await press();
    await form.waitFor(`${row}?.querySelector('.dim').textContent === '0'`);
    expect(await assay.control.evaluate(`${API}.storage.local.get('site:a.test')`)).toEqual({});
    await form.close();
  });
});
