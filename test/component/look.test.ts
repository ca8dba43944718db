/** How the surfaces look to those who need it otherwise: forced colours, right to left, zoom, little motion. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Tab } from '../../src/cli/drive/driver';
import { badgesUntil, bench, BROWSERS, HOST, openPanel } from './harness';
import type { Bench } from './harness';

const settled = (words: string[]): boolean => words[0]?.includes('Stream') === true;

/** Box of the first element that matches in our root. */
const BOX = `(root, selector) => {
  const { left, top, right, bottom } = root.querySelector(selector).getBoundingClientRect();
  return { left, top, right, bottom };
}`;
type Box = Record<'left' | 'top' | 'right' | 'bottom', number>;

describe.each(BROWSERS)('%s', (name) => {
  let b: Bench;
  beforeAll(async () => {
    b = await bench(name);
  });
  afterAll(async () => {
    await b.close();
  });

  const box = (tab: Tab, selector: string): Promise<Box> => tab.inShadow<Box>(HOST, BOX, selector);
  const withPanel = async (path: string): Promise<Tab> => {
    const tab = await b.open(path);
    await badgesUntil(tab, settled);
    await openPanel(tab);
    return tab;
  };
  const shoot = async (tab: Tab, look: string): Promise<void> => {
    mkdirSync('.cache/screenshots', { recursive: true });
    writeFileSync(`.cache/screenshots/look-${look}-${name}.png`, await tab.screenshot());
  };

  test('forced colours: every part has an edge, its words and shapes the colour of text', async () => {
    const tab = await withPanel('/plain');
    await tab.setViewport(1000, 760, { forcedColours: true });
    const facts = await tab.inShadow<Record<string, string>>(
      HOST,
      `(root) => {
        const style = (selector) => getComputedStyle(root.querySelector(selector));
        const probe = root.querySelector('.said').appendChild(document.createElement('i'));
        const system = (colour) => { probe.style.color = colour; return getComputedStyle(probe).color; };
        return {
          ground: style('.badge').backgroundColor, canvas: system('Canvas'),
          words: style('.badge .words').color, text: system('CanvasText'),
          shape: getComputedStyle(root.querySelector('.badge path')).fill,
          edge: style('.badge').borderTopColor, panelEdge: style('.panel').borderTopColor,
          panelGround: style('.panel').backgroundColor,
        };
      }`,
    );
    await shoot(tab, 'forced');
    await tab.setViewport(1000, 760, { forcedColours: false });
    const { canvas, text, ground, words, shape, edge, panelEdge, panelGround } = facts;
    expect({ ground, panelGround }).toEqual({ ground: canvas, panelGround: canvas });
    expect(words).toBe(text);
    expect(shape).toBe(words);
    for (const colour of [edge, panelEdge]) expect(colour).not.toBe(canvas);
    await tab.close();
  });

  test('on paper there is nothing of ours: what is fixed would be on every sheet', async () => {
    const tab = await withPanel('/plain');
    const hidden = await tab.inShadow<boolean>(
      HOST,
      `(root) => root.adoptedStyleSheets.flatMap((sheet) => [...sheet.cssRules])
        .filter((rule) => rule.media?.mediaText === 'print')
        .flatMap((rule) => [...rule.cssRules])
        .some((rule) => rule.style.display === 'none' && [...root.children].every((e) => e.matches(rule.selectorText)))`,
    );
    expect(hidden).toBe(true);
    await tab.close();
  });

  test('forced colours: the colours of the personal mark can still be told apart', async () => {
    const tab = await b.control();
    await tab.goto(b.browser.extensionUrl('options.html'), 'load');
    await tab.waitFor('document.querySelectorAll(".sample").length > 12');
    await tab.setViewport(700, 900, { forcedColours: true });
    const colours = await tab.evaluate<string[]>(
      `[...document.querySelectorAll('input[name=colour] + .sample')].map((s) => getComputedStyle(s).color)`,
    );
    await shoot(tab, 'forced-options');
    await tab.setViewport(700, 900, { forcedColours: false });
    expect(new Set(colours).size).toBe(7);
    await tab.close();
  });

  test('right to left: the corner is the one that was chosen, all else is turned, nothing sticks out', async () => {
    const tab = await b.open('/rtl');
    await tab.setViewport(500, 700);
    await badgesUntil(tab, settled);
    await openPanel(tab);
    const video = await tab.evaluate<Box>(`document.querySelector('video').getBoundingClientRect().toJSON()`);
    expect((await box(tab, '.badge')).left - video.left).toBeLessThan(20);
    await tab.inShadow(HOST, `(root) => { root.firstElementChild.dir = 'rtl'; }`);
    const [badge, mark, panel, close] = await Promise.all(
      ['.badge', '.badge .mark', '.panel', '.close'].map((selector) => box(tab, selector)),
    );
    expect((badge as Box).left - video.left).toBeLessThan(20);
    expect((badge as Box).right - (mark as Box).right).toBeLessThan(12);
    expect((close as Box).left - (panel as Box).left).toBeLessThan(40);
    expect((panel as Box).right).toBeLessThanOrEqual(500);
    expect((panel as Box).left).toBeGreaterThanOrEqual(0);
    await shoot(tab, 'rtl');
    await tab.close();
  });

  test('four times the size (320 by 256): badge and panel stay inside, and the panel scrolls', async () => {
    const tab = await b.open('/narrow');
    await tab.setViewport(320, 256);
    await badgesUntil(tab, settled);
    await openPanel(tab);
    const panel = await box(tab, '.panel');
    expect(panel.left).toBeGreaterThanOrEqual(0);
    expect(panel.top).toBeGreaterThanOrEqual(0);
    expect(panel.right).toBeLessThanOrEqual(320);
    expect(panel.bottom).toBeLessThanOrEqual(256);
    const body = await tab.inShadow<{ over: boolean; scrolls: boolean; left: number }>(
      HOST,
      `(root) => {
        const body = root.querySelector('.panel .body');
        body.scrollTop = 1e6;
        const last = body.lastElementChild.getBoundingClientRect();
        const { bottom } = body.getBoundingClientRect();
        return { over: body.scrollWidth > body.clientWidth, scrolls: body.scrollTop > 0, left: last.bottom - bottom };
      }`,
    );
    expect(body).toMatchObject({ over: false, scrolls: true });
    expect(body.left).toBeLessThanOrEqual(0);
    await shoot(tab, 'reflow');
    await tab.close();
  });

  test('in a narrow video no word is cut, of neither part', async () => {
    const tab = await b.open('/slim');
    await badgesUntil(tab, settled);
    const cut = await tab.inShadow<string[]>(
      HOST,
      `(root) => {
        const long = ['Ungeprüfter Unterzeichner sagt: KI-generiert', 'Schaut, 3 von 8 Bildern'];
        const parts = [...root.querySelectorAll('.part')];
        for (const [i, part] of parts.entries()) {
          part.hidden = false;
          (part.querySelector('.words') ?? part.appendChild(document.createElement('span'))).className = 'words';
          part.querySelector('.words').textContent = long[i];
        }
        const isCut = (words) => words.scrollHeight > words.clientHeight || words.scrollWidth > words.clientWidth;
        return parts.map((part) => part.querySelector('.words')).filter(isCut).map((words) => words.textContent);
      }`,
    );
    expect(cut).toEqual([]);
    await openPanel(tab);
    expect((await box(tab, '.panel')).top).toBeGreaterThanOrEqual((await box(tab, '.badge')).bottom);
    await shoot(tab, 'narrow-words');
    await tab.close();
  });

  test('fullscreen on a narrow, high screen: the badge is whole, as shapes', async () => {
    // In the first window: Firefox lets only the focused one ask for fullscreen.
    const tab = await b.open('/narrow');
    await tab.setViewport(300, 600);
    await badgesUntil(tab, settled);
    await tab.click(150, 400); // a request uses up a person's gesture
    await tab.evaluate('document.querySelector("video").requestFullscreen().then(() => 1)');
    await tab.waitFor('document.fullscreenElement !== null');
    const width = await tab.evaluate<number>('innerWidth');
    await badgesUntil(tab, settled);
    const badge = await box(tab, '.badge');
    const form = await tab.inShadow<string>(HOST, `(root) => root.querySelector('.badge').dataset.form`);
    await shoot(tab, 'fullscreen');
    await tab.evaluate('document.exitFullscreen().then(() => 1)');
    expect(form).toBe(width < 320 ? 'glyphs' : 'words');
    expect(badge.left).toBeGreaterThanOrEqual(0);
    expect(badge.top).toBeGreaterThanOrEqual(0);
    expect(badge.right).toBeLessThanOrEqual(width);
    await tab.close();
  });
});
