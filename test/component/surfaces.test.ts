/** Names, roles, sizes and keys of the surfaces; the popup. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Tab } from '../../src/cli/drive/driver';
import { badgesUntil, bench, BROWSERS, HOST, openPanel } from './harness';
import type { Bench } from './harness';

const settled = (words: string[]): boolean => words[0]?.includes('Stream') === true;

describe.each(BROWSERS)('%s', (name) => {
  let b: Bench;
  beforeAll(async () => {
    b = await bench(name);
  });
  afterAll(async () => {
    await b.close();
  });

  const withPanel = async (): Promise<Tab> => {
    const tab = await b.open('/plain');
    await badgesUntil(tab, settled);
    await openPanel(tab);
    return tab;
  };

  test('every control has a name and is 24 px or more', async () => {
    const tab = await withPanel();
    const controls = await tab.inShadow<{ name: string; width: number; height: number }[]>(
      HOST,
      `(root) =>
      [...root.querySelectorAll('button, summary')].filter((c) => c.checkVisibility()).map((c) => {
        const { width, height } = c.getBoundingClientRect();
        return { name: c.getAttribute('aria-label') ?? c.textContent.trim(), width, height };
      })`,
    );
    expect(controls.length).toBeGreaterThan(3);
    for (const { name: words, width, height } of controls) {
      expect(words).not.toBe('');
      expect(Math.min(width, height), words).toBeGreaterThanOrEqual(24);
    }
    await tab.close();
  });

  test('group, dialog and status; language and direction are set', async () => {
    const tab = await withPanel();
    const facts = await tab.inShadow<Record<string, string | null>>(
      HOST,
      `(root) => ({
      badge: root.querySelector('.badge').getAttribute('role'),
      panel: root.querySelector('.panel').getAttribute('role'),
      panelName: root.querySelector('.panel').getAttribute('aria-label'),
      said: root.querySelector('[aria-live=polite]').textContent,
      lang: root.firstElementChild.lang,
      dir: root.firstElementChild.dir,
    })`,
    );
    expect(facts).toMatchObject({ badge: 'group', panel: 'dialog', panelName: 'Assay', dir: 'ltr' });
    expect(facts['lang']).toMatch(/^en/);
    expect(facts['said']).toContain('Stream, no credentials');
    await tab.close();
  });

  test('badges, and what is said of them, tell which video they are about', async () => {
    const tab = await b.open('/two');
    await badgesUntil(tab, (words) => words.length === 2 && words.every((w) => w.includes('Stream')));
    const names = `(root) => [...root.querySelectorAll('.badge')].map((badge) => badge.ariaLabel)`;
    const about = (video: number): string => `Assay: what is known of video ${String(video)}`;
    expect(await tab.inShadow(HOST, names)).toEqual([about(1), about(2)]);
    const said = (): Promise<string> => tab.inShadow(HOST, `(root) => root.querySelector('[role=status]').textContent`);
    await expect.poll(said).toMatch(new RegExp(`^(${about(1)}|${about(2)})\\. Stream`));
    await tab.close();
  });

  test('copying moves nothing', async () => {
    const tab = await withPanel();
    const boxes = (): Promise<number[][]> =>
      tab.inShadow(
        HOST,
        `(root) => [...root.querySelectorAll('footer button')].map((button) => {
          const { x, y, width, height } = button.getBoundingClientRect();
          return [x, y, width, height].map((side) => Math.round(side * 10));
        })`,
      );
    const before = await boxes();
    const words = await tab.inShadow<string[]>(
      HOST,
      `(root) => {
        const button = root.querySelector('#copy');
        const first = button.textContent;
        button.click();
        return [first, button.textContent];
      }`,
    );
    expect(words[1]).not.toBe(words[0]);
    expect(await boxes()).toEqual(before);
    await tab.close();
  });

  test('scroll bars go with the panel, whatever the page has', async () => {
    const tab = await withPanel();
    const scheme = `(root) => getComputedStyle(root.querySelector('.panel')).colorScheme`;
    for (const dark of [true, false]) {
      await tab.setViewport(1000, 760, { dark });
      expect(await tab.inShadow(HOST, scheme)).toBe(dark ? 'dark' : 'light');
    }
    await tab.close();
  });

  test('the panel fits a narrow, low window', async () => {
    const tab = await b.open('/plain');
    await tab.setViewport(320, 420);
    await badgesUntil(tab, settled);
    await openPanel(tab);
    const box = await tab.inShadow<{ left: number; top: number; right: number; bottom: number; over: boolean }>(
      HOST,
      `(root) => {
      const panel = root.querySelector('.panel');
      const { left, top, right, bottom } = panel.getBoundingClientRect();
      const body = panel.querySelector('.body');
      return { left, top, right, bottom, over: body.scrollWidth > body.clientWidth };
    }`,
    );
    expect(box.left).toBeGreaterThanOrEqual(0);
    expect(box.top).toBeGreaterThanOrEqual(0);
    expect(box.right).toBeLessThanOrEqual(320);
    expect(box.bottom).toBeLessThanOrEqual(420);
    expect(box.over).toBe(false);
    await tab.close();
  });

  test('the popup lists the videos of all frames', async () => {
    const page = await b.open('/frames');
    await badgesUntil(page, () => true);
    const popup = await b.control();
    const id = await popup.evaluate<number>(`(globalThis.browser ?? chrome).tabs.query({}).then((tabs) =>
      tabs.find((t) => t.url?.endsWith('/frames')).id)`);
    await page.activate();
    await popup.goto(b.browser.extensionUrl(`popup.html?tab=${String(id)}`), 'load');
    await popup.waitFor(`document.querySelectorAll('.video').length === 2`, { timeoutMs: 15_000 });
    expect(await popup.evaluate(`document.querySelectorAll('input[role=switch]').length`)).toBe(3);
    await popup.evaluate(`document.querySelector('#label-files').click()`);
    const find = () => b.browser.findTabs(b.browser.extensionUrl('label.html')).then(([tab]) => tab);
    const files = await vi.waitUntil(find, { timeout: 10_000, interval: 100 });
    await files?.close();
    await popup.close();
    await page.close();
  });
});
