/** What lies over a page changes nothing of it, can be read over any picture, and tells nobody else's word. */
import { describe, expect, test } from 'vitest';
import type { Tab } from '../../src/cli/drive/driver';
import { BROWSERS } from './support/launch';
import type { Assay } from './support/launch';
import { measured } from './support/measure';
import { page, video } from './support/pages';
import type { TestServer } from './support/server';
import { badges, HOST, hosts, openPanel, untilInPanel } from './support/surfaces';
import { onStage } from './support/stage';

const API = '(globalThis.browser ?? globalThis.chrome)';
const SIGNED = 'Unverified signer says: AI-generated';
const NONE = 'No credentials';
const PANEL_CLOSED = `(root) => root.querySelector('.panel').checkVisibility() === false`;

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Boxes of all badges, in the viewport. */
const badgeBoxes = (tab: Tab): Promise<Box[]> =>
  tab.inShadow<Box[]>(
    HOST,
    `(root) => [...root.querySelectorAll('.badge')].map((b) => {
      const { x, y, width, height } = b.getBoundingClientRect();
      return { x, y, width, height };
    })`,
  );

/** Number of pixels that differ between two boxes of two pictures, outside the masked boxes. */
const DIFFERENCE = `async (first, second, a, b, masked) => {
  const pixels = async (png, box) => {
    const bytes = Uint8Array.from(atob(png), (c) => c.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const { x, y, width, height } = box ?? { x: 0, y: 0, width: image.width, height: image.height };
    const canvas = new OffscreenCanvas(width, height);
    const ink = canvas.getContext('2d');
    ink.drawImage(image, -x, -y);
    for (const m of masked) ink.fillRect(m.x - 2, m.y - 2, m.width + 4, m.height + 4);
    return ink.getImageData(0, 0, width, height).data;
  };
  const [one, two] = [await pixels(first, a), await pixels(second, b)];
  if (one.length !== two.length) return -1;
  let different = 0;
  for (let i = 0; i < one.length; i += 4) {
    if (one[i] !== two[i] || one[i + 1] !== two[i + 1] || one[i + 2] !== two[i + 2]) different++;
  }
  return different;
}`;

describe.each(BROWSERS)('%s', (name) => {
  let assay: Assay;
  let web: TestServer;
  onStage(name, (stage) => void ({ assay, web } = stage));

  const difference = (first: Buffer, second: Buffer, a: Box | null, b: Box | null, masked: Box[]): Promise<number> =>
    assay.control.evaluate<number>(DIFFERENCE, first.toString('base64'), second.toString('base64'), a, b, masked);

  test('E2: the page keeps its layout and, the badge apart, every pixel', async () => {
    const path = web.page(
      '/layout',
      page(`<style>article{max-width:640px;margin:auto}article>*:first-child{margin-top:0}article>*:last-child{color:#036}</style>
        <script>
          shifts = [];
          if (PerformanceObserver.supportedEntryTypes.includes('layout-shift'))
            new PerformanceObserver((list) => shifts.push(...list.getEntries().map((e) => e.value)))
              .observe({ type: 'layout-shift', buffered: true });
          places = () => JSON.stringify([[scrollX, scrollY, document.documentElement.scrollHeight, innerWidth],
            ...[...document.querySelectorAll('html, body, body *')]
              .filter((e) => !e.hasAttribute('popover'))
              .map((e) => { const r = e.getBoundingClientRect(); return [e.localName, r.x, r.y, r.width, r.height]; })]);
        </script>
        <article><h1>Before</h1><p>Text above.</p>
        ${video('/media/ai-signed.mp4', 'muted preload="auto" style="display:block"')}
        <p>Text below.</p>${'<p>More of it.</p>'.repeat(60)}<p>The end.</p></article>`),
    );
    await assay.setSite('site.test', 'off');
    const tab = await assay.open(web.url(path));
    await tab.activate(); // what another page hides loads nothing
    await tab.setViewport(1000, 700);
    await tab.waitFor('document.querySelector("video").readyState === 4');
    await tab.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))');
    const placesOff = await tab.evaluate<string>('places()');
    await tab.evaluate('void (shifts.length = 0)');
    const off = await tab.screenshot();
    await assay.setSite('site.test', undefined);
    await expect.poll(() => badges(tab), { timeout: 30_000 }).toEqual([SIGNED]);
    await assay.labelsOf(tab);
    const boxes = await badgeBoxes(tab);
    const on = await tab.screenshot();
    const changed = await difference(off, on, null, null, boxes);
    const shifts = await tab.evaluate<number[]>('shifts');
    measured(name, 'E2', { changedPixels: changed, shifts, supportsShifts: name === 'chromium' });
    expect(await tab.evaluate<string>('places()')).toBe(placesOff);
    expect(changed).toBe(0);
    expect(await difference(off, on, null, null, [])).toBeGreaterThan(0); // the badge is in the picture
    expect(shifts).toEqual([]);
    // The whole page can still be scrolled.
    const ends = await tab.evaluate<number[]>(
      '(() => { scrollTo(0, 1e6); const end = scrollY; scrollTo(0, 0); return [end, scrollY]; })()',
    );
    expect(ends[0]).toBeGreaterThan(100);
    expect(ends[1]).toBe(0);
    await tab.close();
  });

  test('E7: the badge reads the same over white, black and noise: 4.5:1 for words, 3:1 for shapes', async () => {
    await assay.setSettings({ estimate: false });
    const path = web.page(
      '/grounds',
      page(`<style>video{width:420px;height:236px;display:block}</style>
        ${['white', 'black', 'noise'].map((id) => `<video id="${id}" controls muted></video>`).join('')}
        <script>
          for (const video of document.querySelectorAll('video')) {
            const canvas = document.createElement('canvas');
            canvas.width = 420; canvas.height = 236;
            const ink = canvas.getContext('2d');
            setInterval(() => {
              const data = ink.createImageData(420, 236);
              for (let i = 0; i < data.data.length; i++)
                data.data[i] = i % 4 === 3 || video.id === 'white' ? 255 : video.id === 'black' ? 0 : Math.random() * 256;
              ink.putImageData(data, 0, 0);
            }, 200);
            video.srcObject = canvas.captureStream(5);
            video.play();
          }
        </script>`),
    );
    const tab = await assay.open(web.url(path));
    await tab.activate(); // what another page hides loads nothing
    await tab.setViewport(1000, 800);
    await expect
      .poll(() => badges(tab), { timeout: 30_000 })
      .toEqual(Array.from({ length: 3 }, () => 'Stream, no credentials'));
    const ratios = await tab.inShadow<{ words: number; shape: number; opaque: boolean }[]>(
      HOST,
      `(root) => {
        const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
        const luminance = (colour) => {
          const [r, g, b] = channels(colour).map((c) => c / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const contrast = (a, b) => {
          const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p);
          return (x + 0.05) / (y + 0.05);
        };
        return [...root.querySelectorAll('.badge')].map((badge) => {
          const plate = getComputedStyle(badge).backgroundColor;
          const words = getComputedStyle(badge.querySelector('.words'));
          const shape = getComputedStyle(badge.querySelector('svg'));
          let opaque = (channels(plate)[3] ?? 1) === 1;
          for (let e = badge.querySelector('.words'); e !== null; e = e.parentElement)
            opaque &&= getComputedStyle(e).opacity === '1';
          return { words: contrast(words.color, plate), shape: contrast(shape.color, plate), opaque };
        });
      }`,
    );
    measured(name, 'E7', { ratios });
    for (const { words, shape, opaque } of ratios) {
      expect(words).toBeGreaterThanOrEqual(4.5);
      expect(shape).toBeGreaterThanOrEqual(3);
      expect(opaque).toBe(true);
    }
    // Nothing of the picture shines through: what is drawn is the same thrice, but for the border and
    // for pixels on edges that are drawn a little otherwise in another place.
    const inner = (await badgeBoxes(tab)).map(({ x, y, width, height }) => ({
      x: Math.round(x) + 4,
      y: Math.round(y) + 4,
      width: Math.floor(width) - 8,
      height: Math.floor(height) - 8,
    }));
    const picture = await tab.screenshot();
    const [white, black, noise] = inner as [Box, Box, Box];
    const few = (white.width * white.height) / 100;
    expect(await difference(picture, picture, white, black, [])).toBeLessThan(few);
    expect(await difference(picture, picture, white, noise, [])).toBeLessThan(few);
    await assay.setSettings({ estimate: true });
    await tab.close();
  });

  test('E15: a page can take its badges away, and the popup still tells; a badge that the page draws is nobody’s word', async () => {
    const fake = `<script>
      const plate = document.createElement('div');
      plate.setAttribute('popover', 'manual');
      plate.setAttribute('style', document.currentScript.dataset.style ?? '');
      const root = plate.attachShadow({ mode: 'open' });
      root.innerHTML = '<div class="assay"><div class="box"><div class="badge" role="group">' +
        '<button class="part"><span class="words">Signed: recorded by a camera</span></button></div></div></div>';
      document.documentElement.append(plate);
      plate.showPopover();
      for (const target of [window, document]) {
        target.dispatchEvent(new MessageEvent('assay-hook', { lastEventId: 'mine', ports: [new MessageChannel().port2] }));
        target.postMessage?.({ to: 'background', name: 'tab.verdicts', input: { frame: 'x', verdicts: ['ai-generated'] } }, '*');
      }
    </script>`;
    const path = web.page('/fake', page(video('/media/unsigned.mp4') + fake));
    const tab = await assay.open(web.url(path));
    await tab.activate(); // what another page hides loads nothing
    await tab.waitFor(`document.querySelectorAll('${HOST}').length === 2`, { timeoutMs: 30_000 });
    const id = await assay.control.evaluate<number>(
      `(url) => ${API}.tabs.query({}).then((all) => all.find((t) => t.url === url).id)`,
      await tab.url(),
    );
    const popup = await assay.browser.openTab();
    await popup.goto(assay.browser.extensionUrl(`popup.html?tab=${String(id)}`), 'load');
    const rows = '[...document.querySelectorAll(".video .lines")].map((row) => row.textContent)';
    await popup.waitFor(`${rows}.length === 1 && ${rows}[0].includes('${NONE}')`, { timeoutMs: 30_000 });
    const button = (): Promise<string> =>
      assay.control.evaluate<string>(`(tabId) => ${API}.action.getBadgeText({ tabId })`, id);
    expect(await popup.evaluate<string[]>(rows)).toHaveLength(1);
    expect((await popup.evaluate<string[]>(rows)).join()).not.toContain('camera');
    expect(await button()).toBe('');

    // Both go, again and again; the real one comes back a few times and then gives in.
    await tab.evaluate(`void setInterval(() => {
      for (const host of document.querySelectorAll('${HOST}')) host.remove();
    }, 30)`);
    await popup.waitFor(`${rows}.length === 1 && document.querySelector('.video small') !== null`, {
      timeoutMs: 15_000,
    });
    expect(await popup.evaluate('document.querySelector(".video small").textContent')).not.toBe('');
    expect((await popup.evaluate<string[]>(rows))[0]).toContain(NONE);
    expect(await button()).toBe('');
    await tab.waitFor(`document.querySelectorAll('${HOST}').length === 0`);
    await popup.close();
    await tab.close();
  });

  test('E15: no page can load a file of the extension', async () => {
    const manifest = await assay.control.evaluate<Record<string, unknown>>(`${API}.runtime.getManifest()`);
    expect(manifest['web_accessible_resources'] ?? []).toEqual([]);
    const tab = await assay.open(web.url(web.page('/probe', page('<p>Nothing</p>'))));
    const loaded = await tab.evaluate<string[]>(
      `async (urls) => {
        const tries = urls.map((url) => new Promise((done) => {
          const image = new Image();
          image.onload = () => done(url);
          image.onerror = () => done(null);
          image.src = url;
        }));
        return (await Promise.all(tries)).filter((url) => url !== null);
      }`,
      ['icons/48.png', 'icons/16.png'].map((file) => assay.browser.extensionUrl(file)),
    );
    expect(loaded).toEqual([]);
    await tab.close();
  });

  test('E9: a header or a wall over the video is not written on; what can be looked through, or is the player’s own, is no cover', async () => {
    const path = web.page(
      '/covered',
      page(`<style>body{margin:0} header{position:sticky;top:0;height:70px;background:#fff;z-index:9}
          .wall{position:fixed;inset:0;z-index:99;display:none}</style>
        <header><div>Menu</div></header><p style="height:200px">Text</p>
        <div style="position:relative;width:426px;height:240px">${video('/media/ai-signed.mp4')}
          <div id="poster" style="position:absolute;inset:0;background:#111;display:none"></div></div>
        <p style="height:2000px">More</p>
        <div class="wall" id="veil" style="background:rgba(0,0,0,.4)"></div>
        <div class="wall" id="faded" style="background:#fff;opacity:0"></div>
        <div class="wall" id="wall"><section style="height:100%;background:#fff">Cookies?</section></div>`),
    );
    const tab = await assay.open(web.url(path));
    await tab.setViewport(900, 700);
    await expect.poll(() => badges(tab), { timeout: 30_000 }).toEqual([SIGNED]);
    const top = async (): Promise<number> => Math.round((await badgeBoxes(tab))[0]?.y ?? -1);
    const shown = async (): Promise<boolean> => ((await badgeBoxes(tab))[0]?.width ?? 0) > 0;
    const free = await top();
    expect(free).toBeGreaterThan(200);
    for (const id of ['veil', 'faded', 'poster', 'wall']) {
      await tab.evaluate(`void (${id}.style.display = 'block')`);
      if (id === 'wall') await expect.poll(shown).toBe(false);
      // long enough for two looks at what lies above
      else await tab.evaluate('new Promise((done) => setTimeout(done, 1200))');
      if (id !== 'wall') expect([id, await shown(), await top()]).toEqual([id, true, free]);
      await tab.evaluate(`void (${id}.style.display = 'none')`);
    }
    await expect.poll(top).toBe(free);
    await tab.evaluate('scrollTo(0, 330)'); // the header lies over the video's first 130 pixels
    await expect.poll(top).toBe(78);
    await tab.evaluate('scrollTo(0, 0)');
    await expect.poll(top).toBe(free);
    await tab.close();
  });

  test.each(['bottom-left', 'bottom-right'] as const)(
    'E4: at the %s the badge is above the player’s bar, whoever has made it',
    async (corner) => {
      const player = (width: number, bar: number, attributes: string): string =>
        `<div class="player" style="width:${String(width)}px;height:${String((width * 9) / 16)}px">
           ${video('/media/ai-signed.mp4', attributes)}
           <div class="bar" style="height:${String(bar)}px"><button>play</button><button>full screen</button></div></div>`;
      const path = web.page(
        `/bars-${corner}`,
        page(`<style>
            .player{position:relative;margin-bottom:8px} .player video{width:100%;height:100%;margin:0}
            .bar{position:absolute;inset:auto 0 0;display:flex;justify-content:space-between;background:linear-gradient(transparent,#000)}
          </style>
          ${player(640, 64, 'muted autoplay')}${player(160, 28, 'muted autoplay')}${player(426, 48, 'muted autoplay loop')}`),
      );
      const tab = await assay.open(web.url(path));
      await tab.setViewport(800, 900);
      await tab.activate();
      const middles = `[...document.querySelectorAll('button')].map((button) => {
        const { x, y, width, height } = button.getBoundingClientRect();
        return document.elementFromPoint(x + width / 2, y + height / 2) === button;
      })`;
      try {
        await assay.setSettings({ corner });
        for (const size of ['normal', 'large'] as const) {
          await assay.control.evaluate(`(size) => ${API}.storage.local.set({ size })`, size);
          await expect.poll(async () => (await badges(tab)).length, { timeout: 30_000 }).toBe(3);
          await expect
            .poll(() =>
              tab.inShadow(
                HOST,
                `(root) => [...root.querySelectorAll('[data-size],.box')].map((e) => e.dataset.size ?? e.dataset.corner)`,
              ),
            )
            .toEqual([size, corner, corner, corner]);
          expect(await tab.evaluate(middles)).toEqual(Array(6).fill(true));
        }
      } finally {
        await assay.setSettings({ corner: 'top-left' });
        await assay.control.evaluate(`${API}.storage.local.remove('size')`);
      }
      await tab.close();
    },
  );

  test('E5: over a video in a popover, and in a dialog within or around a shadow root, the badge is seen and can be clicked', async () => {
    const path = web.page(
      '/layers',
      page(`${video('/media/ai-signed.mp4')}<section popover="manual">${video('/media/unsigned.mp4')}</section>
        <dialog><div id="within"><template shadowrootmode="open">${video('/media/unsigned.mp4')}</template></div></dialog>
        <div id="around"><template shadowrootmode="open"><dialog><slot></slot></dialog></template>
          ${video('/media/unsigned.mp4')}</div>`),
    );
    const tab = await assay.open(web.url(path));
    await tab.activate();
    await expect.poll(() => badges(tab), { timeout: 30_000 }).toEqual([SIGNED]);
    const layers: [layer: string, video: string, show: string, hide: string][] = [
      ['document.querySelector("section")', 'document.querySelector("section video")', 'showPopover', 'hidePopover'],
      ['document.querySelector("dialog")', 'within.shadowRoot.querySelector("video")', 'showModal', 'close'],
      ['around.shadowRoot.firstElementChild', 'around.querySelector("video")', 'showModal', 'close'],
    ];
    for (const [layer, element, show, hide] of layers) {
      await tab.evaluate(`void ${layer}.${show}()`);
      // What a pointer meets at the badge's place is our host.
      await tab.waitFor(
        `(() => {
          const { x, y } = ${element}.getBoundingClientRect();
          return ${layer}.getRootNode().elementFromPoint(x + 20, y + 20)?.matches('${HOST}') === true;
        })()`,
        { timeoutMs: 30_000 },
      );
      await tab.evaluate(`void ${layer}.${hide}()`);
      await expect.poll(() => badges(tab), { timeout: 30_000 }).toEqual([SIGNED]);
    }
    await tab.close();
  });

  test('E5: a click on the badge leaves the popover open in which the video is, as one inside of it would', async () => {
    const path = web.page('/light', page(`<section popover>${video('/media/unsigned.mp4')}</section>`));
    const tab = await assay.open(web.url(path));
    await tab.activate();
    await tab.evaluate('void document.querySelector("section").showPopover()');
    // Before our host is inside of it, a click there is one outside.
    await tab.waitFor(`document.querySelector('section > ${HOST}') !== null`, { timeoutMs: 30_000 });
    await expect.poll(() => badges(tab), { timeout: 30_000 }).toEqual([NONE]);
    await openPanel(tab);
    expect(await tab.evaluate('document.querySelector("section").matches(":popover-open")')).toBe(true);
    await tab.evaluate('void document.querySelector("section").hidePopover()');
    await untilInPanel(tab, PANEL_CLOSED);
    await tab.close();
  });

  test('E5: the panel closes when its video is slid away, and another one may lie at its place', async () => {
    const path = web.page(
      '/slides',
      page(`<style>video{flex:none;width:480px}</style>
        <div style="width:480px;overflow:hidden"><div id="slides" style="display:flex;width:960px">
        ${video('/media/ai-signed.mp4')}${video('/media/unsigned.mp4')}</div></div>`),
    );
    const tab = await assay.open(web.url(path));
    await tab.activate();
    await expect.poll(() => badges(tab), { timeout: 30_000 }).toEqual([SIGNED]);
    await openPanel(tab);
    await tab.evaluate('void (slides.style.translate = "-480px")');
    await untilInPanel(tab, PANEL_CLOSED);
    await expect.poll(() => badges(tab), { timeout: 30_000 }).toEqual([NONE]);
    await tab.close();
  });

  test('E5: over a bare video in fullscreen the badge is seen, over a container it can be clicked; both go back', async () => {
    const path = web.page('/full', page(`<div id="box">${video('/media/ai-signed.mp4')}</div>`));
    // In the first window: Firefox lets only the focused one ask for fullscreen.
    const tab = await assay.browser.openTab(web.url(path));
    await tab.activate();
    await expect.poll(() => badges(tab), { timeout: 30_000 }).toEqual([SIGNED]);
    const state = async (): Promise<unknown> => ({
      home: await tab.evaluate(`document.querySelector('${HOST}')?.parentNode.nodeName`),
      hosts: await hosts(tab),
      ...(await tab.inShadow<object>(
        HOST,
        `(root) => {
          const badge = root.querySelector('.badge');
          const { x, y, width, height } = badge.getBoundingClientRect();
          return {
            open: root.host.matches(':popover-open'),
            clickable: getComputedStyle(badge).pointerEvents !== 'none',
            hit: document.elementFromPoint(x + width / 2, y + height / 2) === root.host,
            inside: width > 24 && x >= 0 && y >= 0 && x + width <= innerWidth,
          };
        }`,
      )),
    });
    const seen = { hosts: 1, open: true, inside: true };
    const normal = { ...seen, home: 'HTML', clickable: true, hit: true };
    await expect.poll(state).toEqual(normal);
    for (const [element, wanted] of [
      ['document.querySelector("video")', { ...seen, home: 'HTML', clickable: false, hit: false }],
      ['box', { ...seen, home: 'DIV', clickable: true, hit: true }],
    ] as const) {
      await tab.click(600, 400); // each request uses up a person's gesture
      await tab.evaluate(`${element}.requestFullscreen().then(() => 1)`);
      await tab.waitFor('document.fullscreenElement !== null');
      await expect.poll(state, { timeout: 10_000 }).toEqual(wanted);
      expect(await badges(tab)).toEqual([SIGNED]);
      await tab.evaluate('document.exitFullscreen().then(() => 1)');
      await tab.waitFor('document.fullscreenElement === null');
      await expect.poll(state, { timeout: 10_000 }).toEqual(normal);
    }
    await tab.close();
  });

  test.each([
    ['in fullscreen', '<div id="box">', '</div>', 'box', 'requestFullscreen', 'document.exitFullscreen'],
    [
      'in fullscreen, bare',
      '<div id="box">',
      '</div>',
      'box.firstElementChild',
      'requestFullscreen',
      'document.exitFullscreen',
    ],
    [
      'in fullscreen, within a shadow root',
      '<div id="host"><template shadowrootmode="open"><div>',
      '</div></template></div>',
      'host.shadowRoot.firstElementChild',
      'requestFullscreen',
      'document.exitFullscreen',
    ],
    [
      'in a modal dialog',
      '<dialog id="box" style="margin:0;padding:0;border:0;max-width:none;max-height:none;width:100vw;height:100vh">',
      '</dialog>',
      'box',
      'showModal',
      'box.close',
    ],
  ])(
    'E5: a video %s has its badge alone, not those of what is behind it',
    async (_, before, after, holder, show, hide) => {
      const signed = video('/media/ai-signed.mp4', 'muted autoplay loop style="width:600px;height:300px"');
      const other = video('/media/unsigned.mp4', 'muted autoplay loop style="display:block;width:600px;height:300px"');
      const path = web.page(`/behind-${String(Math.random())}`, page(before + signed + after + other));
      const tab = await assay.browser.openTab(web.url(path));
      await tab.activate();
      await tab.setViewport(1000, 700);
      await tab.waitFor(`document.querySelector('${HOST}') !== null`, { timeoutMs: 30_000 });
      await expect.poll(() => badges(tab), { timeout: 30_000 }).toContain(NONE);
      await tab.click(900, 600);
      await tab.evaluate(`Promise.resolve(${holder}.${show}()).then(() => 1)`);
      await expect.poll(() => badges(tab), { timeout: 20_000 }).toEqual([SIGNED]);
      await tab.evaluate(`Promise.resolve(${hide}()).then(() => 1)`);
      await expect.poll(() => badges(tab), { timeout: 20_000 }).toContain(NONE);
      await tab.close();
    },
  );
});
