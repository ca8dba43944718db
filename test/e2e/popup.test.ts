/** The popup of a tab: a click on a video brings it to the eye, in whatever frame it is; switches change what they say. */
import { describe, expect, test } from 'vitest';
import type { Tab } from '../../src/cli/drive/driver';
import { BROWSERS } from './support/launch';
import type { Assay } from './support/launch';
import { page, video } from './support/pages';
import type { TestServer } from './support/server';
import { badges, HOST } from './support/surfaces';
import { onStage } from './support/stage';

const API = '(globalThis.browser ?? globalThis.chrome)';
const FAR = '<div style="height:3000px"></div>';
/** Tells the top window when a video of this frame is on screen. */
const WATCH = `<script>
  new IntersectionObserver(([entry]) => top.postMessage({ seen: location.pathname, on: entry.isIntersecting }, '*'))
    .observe(document.querySelector('video'));
</script>`;

describe.each(BROWSERS)('%s', (name) => {
  let assay: Assay;
  let web: TestServer;
  onStage(name, (stage) => void ({ assay, web } = stage));

  const popupOf = async (tab: Tab): Promise<Tab> => {
    const id = await assay.control.evaluate<number>(
      `(url) => ${API}.tabs.query({}).then((all) => all.find((t) => t.url === url).id)`,
      await tab.url(),
    );
    const popup = await assay.browser.openTab();
    await popup.goto(assay.browser.extensionUrl(`popup.html?tab=${String(id)}`), 'load');
    return popup;
  };

  test('a click goes to a video below, of the page and of frames of this and of another site', async () => {
    web.page('/near', page(FAR + video('/media/ai-signed.mp4') + WATCH));
    web.page('/other', page(FAR + video('/media/unsigned.mp4') + WATCH));
    const frames = `<iframe src="/near"></iframe>${FAR}<iframe src="${web.url('/other', 'cdn.test')}"></iframe>`;
    const listen = `<script>came = new Set(); addEventListener('message', ({ data }) => { if (data.on) came.add(data.seen); });</script>`;
    const path = web.page('/far', page(listen + FAR + video('/media/camera-signed.mp4') + WATCH + FAR + frames));
    const tab = await assay.open(web.url(path));
    await tab.setViewport(800, 600);
    await tab.activate();
    const popup = await popupOf(tab);
    await tab.activate(); // a popup leaves the page in sight; what is hidden takes its time, and doesn't scroll
    await popup.waitFor('document.querySelectorAll(".video").length === 3', { timeoutMs: 30_000 });
    expect(await tab.evaluate('scrollY')).toBe(0);
    for (const row of [0, 1, 2]) {
      await popup.evaluate(`(row) => document.querySelectorAll('.video')[row].click()`, row);
      await tab.waitFor(`came.size === ${String(row + 1)}`, { timeoutMs: 10_000 });
    }
    await popup.close();
    await tab.close();
  });

  test('news leave the focus on its video, and the list where it was scrolled to; the switches stay in sight', async () => {
    const many = Array.from({ length: 6 }, () => video('/media/ai-signed.mp4', 'controls muted')).join('');
    const tab = await assay.open(web.url(web.page('/many', page(many))));
    await tab.setViewport(1400, 900);
    const popup = await popupOf(tab);
    await popup.setViewport(390, 600);
    await tab.activate();
    const rows = (count: number): Promise<void> =>
      popup.waitFor(`document.querySelectorAll('.video').length === ${count}`, { timeoutMs: 30_000 });
    await rows(6);
    const at = '[document.activeElement.id, Math.round(document.activeElement.getBoundingClientRect().top)]';
    await popup.evaluate(`[...document.querySelectorAll('.video')].at(-1).focus()`);
    const before = await popup.evaluate<[string, number]>(at);
    expect(before[0]).toMatch(/^video-/);
    await tab.evaluate(`document.body.append(document.querySelector('video').cloneNode())`);
    await rows(7);
    expect(await popup.evaluate(at)).toEqual(before);
    expect(await popup.evaluate('document.querySelector("input").getBoundingClientRect().bottom < 500')).toBe(true);
    await popup.close();
    await tab.close();
  });

  test('the estimate pauses: credentials only, and its part of the badge goes', async () => {
    const tab = await assay.open(web.url(web.page('/pause', page(video('/media/ai-signed.mp4')))));
    await tab.activate();
    await expect.poll(async () => (await badges(tab)).length, { timeout: 30_000 }).toBe(1);
    const popup = await popupOf(tab);
    const estimate = `[...document.querySelectorAll('label')].find((l) => l.textContent.startsWith('Estimate')).querySelector('input')`;
    await popup.waitFor(`${estimate}.checked`);
    await popup.evaluate(`${estimate}.click()`);
    await tab.activate();
    const parts = (): Promise<number> =>
      tab.inShadow<number>(
        HOST,
        `(root) => [...root.querySelectorAll('.part')].filter((p) => p.checkVisibility()).length`,
      );
    await expect.poll(parts, { timeout: 20_000 }).toBe(1);
    await expect.poll(() => badges(tab), { timeout: 20_000 }).toEqual(['Unverified signer says: AI-generated']);
    await popup.evaluate(`${estimate}.click()`);
    await tab.activate();
    await expect.poll(parts, { timeout: 20_000 }).toBe(2);
    await popup.close();
    await tab.close();
  });

  test('what is switched keeps the focus', async () => {
    const tab = await assay.open(web.url(web.page('/focus', page(''))));
    const popup = await popupOf(tab);
    const controls = '[...document.querySelectorAll("input")]';
    await popup.waitFor(`${controls}.length > 4`);
    const at = `${controls}.indexOf(document.activeElement)`;
    // All but the one that would take the others away, and a choice that is made already.
    const switchable = `${controls}.flatMap((c, i) => (i === 0 || (c.type === 'radio' && c.checked) ? [] : [i]))`;
    for (const place of await popup.evaluate<number[]>(switchable)) {
      await popup.evaluate(
        `(i) => { const input = ${controls}[i]; input.focus(); input.click(); was = input; }`,
        place,
      );
      await popup.waitFor('!was.isConnected'); // what is stored is shown
      expect(await popup.evaluate(at)).toBe(place);
    }
    await assay.control.evaluate(`${API}.storage.local.clear()`);
    await popup.close();
    await tab.close();
  });

  test('only on sites I choose: off until this one is switched on', async () => {
    const tab = await assay.open(web.url(web.page('/chosen', page(video('/media/ai-signed.mp4')))));
    await tab.activate();
    await expect.poll(async () => (await badges(tab)).length, { timeout: 30_000 }).toBe(1);
    const popup = await popupOf(tab);
    await popup.waitFor('document.querySelectorAll("input[name=mode]").length === 2');
    await popup.evaluate('document.querySelectorAll("input[name=mode]")[1].click()');
    await expect.poll(async () => (await badges(tab)).length, { timeout: 20_000 }).toBe(0);
    await popup.waitFor('document.querySelectorAll("input[role=switch]")[1].checked === false');
    await popup.waitFor('document.body.textContent.includes("Assay is off here.")');
    await popup.evaluate('document.querySelectorAll("input[role=switch]")[1].click()');
    await tab.activate();
    await expect.poll(async () => (await badges(tab)).length, { timeout: 20_000 }).toBe(1);
    await popup.waitFor('!document.body.textContent.includes("Assay is off here.")');
    await assay.setSettings({ mode: 'everywhere' });
    await assay.setSite('site.test', undefined);
    await popup.close();
    await tab.close();
  });

  test('a page that was open before Assay: its videos where the browser brings us in, else why there are none', async () => {
    const tab = await assay.open(web.url(web.page('/before', page(video('/media/ai-signed.mp4')))));
    await assay.browser.reloadExtension(); // closes its pages, too
    assay.control = await assay.browser.openTab(assay.browser.extensionUrl('label.html'));
    const listed = 'document.querySelectorAll(".video").length === 1';
    const says = 'document.body.textContent.includes("This page was open before Assay. Reload it.")';
    const popup = await popupOf(tab);
    await popup.waitFor(name === 'firefox' ? listed : says);
    await tab.goto(await tab.url(), 'load');
    await popup.goto(await popup.url(), 'load');
    await popup.waitFor(listed);
    expect(await popup.evaluate(says)).toBe(false);
    await popup.close();
    await tab.close();
  });
});
