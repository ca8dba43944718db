/** A page that wants a label on another video than its own, or none at all, or Assay to stand still. */
import { describe, expect, test } from 'vitest';
import type { Tab } from '../../src/cli/drive/driver';
import { BROWSERS } from './support/launch';
import type { Assay } from './support/launch';
import { page, video } from './support/pages';
import type { TestServer } from './support/server';
import { badges, clickIn, HOST, openPanel, untilInPanel } from './support/surfaces';
import { onStage } from './support/stage';

const SIGNED = 'Unverified signer says: AI-generated';
const NONE = 'No credentials';
const STREAM = 'Stream, no credentials';

const WAIT = { timeout: 30_000 };

/** Each badge with its place, from the top. */
const placed = (tab: Tab): Promise<{ words: string; x: number; y: number; bottom: number }[]> =>
  tab.inShadow(
    HOST,
    `(root) => [...root.querySelectorAll('.badge')].filter((b) => b.checkVisibility()).map((b) => {
      const { x, y, bottom } = b.getBoundingClientRect();
      return { words: b.querySelector('.words').textContent, x, y, bottom };
    }).sort((a, b) => a.y - b.y || a.x - b.x)`,
  );

/** Stops whatever a video could tell of a change of its source, before anyone else hears of it. */
const DEAF = `const deafen = (at) => {
  for (const name of ['emptied', 'loadstart', 'abort', 'loadedmetadata', 'loadeddata', 'durationchange', 'error', 'canplay', 'playing'])
    at.addEventListener(name, (event) => event.stopImmediatePropagation(), true);
};`;

const make = (where: string): string => `
  const made = document.createElement('video');
  made.controls = made.muted = made.autoplay = true;
  made.style.cssText = 'width:426px;height:240px';
  made.src = '/media/ai-signed.mp4';
  ${where}.append(made);`;

/** Other ways to play another source. */
const CHANGES: [how: string, code: string, then: string][] = [
  ['its address', `made.src = '/media/unsigned.mp4';`, NONE],
  [
    'a <source>',
    `made.removeAttribute('src'); made.innerHTML = '<source src="/media/unsigned.mp4">'; made.load();`,
    NONE,
  ],
  [
    'a live object',
    `const canvas = document.createElement('canvas');
     canvas.width = 426; canvas.height = 240;
     setInterval(() => canvas.getContext('2d').fillRect(Math.random() * 400, 0, 9, 9), 50);
     made.srcObject = canvas.captureStream(20);`,
    STREAM,
  ],
];

describe.each(BROWSERS)('%s', (name) => {
  let assay: Assay;
  let web: TestServer;
  onStage(name, async (stage) => {
    ({ assay, web } = stage);
    await assay.setSettings({ estimate: false });
  });

  const open = async (path: string, html: string): Promise<Tab> => {
    const tab = await assay.open(web.url(web.page(path, page(html))));
    await tab.activate(); // what another page hides loads nothing
    return tab;
  };

  describe('E16: a source that is changed while the page keeps every event of it from us takes its label with it', () => {
    const PLACES: [where: string, script: string][] = [
      ['the window', `deafen(window); ${make('document.body')}`],
      ['the video', `${make('document.body')} deafen(made);`],
      ['a closed root', `const root = box.attachShadow({ mode: 'closed' }); deafen(root); ${make('root')}`],
    ];
    test.each(PLACES.flatMap(([where, script], i) => CHANGES.map((change) => [where, script, i, ...change] as const)))(
      'events stopped at %s',
      async (_where, script, i, how, change, then) => {
        const path = `/deaf-${String(i)}-${String(CHANGES.findIndex(([other]) => other === how))}`;
        const tab = await open(
          path,
          `<div id="box"></div><script>${DEAF} ${script} change = () => { ${change} };</script>`,
        );
        await expect.poll(() => badges(tab), WAIT).toEqual([SIGNED]);
        await tab.evaluate('change()');
        await expect.poll(() => badges(tab), WAIT).toEqual([then]);
        await tab.close();
      },
    );
  });

  test('E16: so does one whose address holds the whole video', async () => {
    const tab = await open(
      '/deaf-data',
      `<p></p><script>${DEAF} deafen(window); ${make('document.body')}
        const signed = async () => {
          const reader = new FileReader();
          reader.onload = () => { made.src = reader.result; };
          reader.readAsDataURL(await (await fetch('/media/ai-signed.mp4')).blob());
        };
        made.src = '/media/unsigned.mp4';
      </script>`,
    );
    for (const [change, words] of [
      ['', NONE],
      ['signed()', SIGNED],
      [`void (made.src = '/media/unsigned.mp4')`, NONE],
    ] as const) {
      if (change !== '') await tab.evaluate(change);
      await expect.poll(() => badges(tab), WAIT).toEqual([words]);
    }
    await tab.close();
  });

  test('E16: a video that was taken out comes back with its badge; in another frame’s document it leaves none behind', async () => {
    web.page('/other-document', '<!doctype html><body></body>');
    const tab = await open(
      '/wanders',
      `${video('/media/ai-signed.mp4')}<iframe src="/other-document"></iframe>
       <script>
         const video = document.querySelector('video'), frame = document.querySelector('iframe');
         out = () => { video.remove(); };
         back = () => { document.body.prepend(video); };
         away = () => { frame.contentDocument.body.append(video); };
       </script>`,
    );
    await expect.poll(() => badges(tab), WAIT).toEqual([SIGNED]);
    for (const leave of ['out()', 'away()', 'out()']) {
      await tab.evaluate(leave);
      await expect.poll(() => badges(tab), WAIT).toEqual([]);
      await tab.evaluate('back()');
      await expect.poll(() => badges(tab), WAIT).toEqual([SIGNED]);
    }
    await tab.close();
  });

  test('E17: fields of a form that are named like what is asked of elements neither stop Assay nor hold its badge in place', async () => {
    const names = [
      ...['parentNode', 'assignedSlot', 'localName', 'getBoundingClientRect', 'checkVisibility', 'getRootNode'],
      ...[
        'isConnected',
        'ownerDocument',
        'contains',
        'matches',
        'closest',
        'querySelector',
        'shadowRoot',
        'attributes',
      ],
    ];
    const fields = names.map((field) => `<input type="hidden" name="${field}">`).join('');
    const tab = await open(
      '/fields',
      `<style>form{position:absolute;left:0;top:0;overflow:hidden;width:500px;height:280px}
         x-late{position:absolute;left:0;top:320px;display:block}
         .over{position:fixed;top:0;left:600px;width:50px;height:50px;background:#fff}</style>
       <form id="around">${fields}${video('/media/ai-signed.mp4')}</form>
       <form class="over">${fields}</form>
       <x-late><template shadowrootmode="closed">${video('/media/unsigned.mp4')}</template></x-late>`,
    );
    await expect.poll(async () => (await badges(tab)).toSorted(), { timeout: 40_000 }).toEqual([NONE, SIGNED]);
    const signed = async () => (await placed(tab)).find(({ words }) => words === SIGNED);
    await tab.evaluate(`void document.querySelector('#around').setAttribute('style', 'left:500px;top:100px')`);
    await expect.poll(async () => (await signed())?.x, WAIT).toBeGreaterThan(500);
    // Under the other form it has to give way, as under every header.
    await tab.evaluate(
      `void document.querySelector('.over').setAttribute('style', 'left:0;width:1200px;height:150px')`,
    );
    await expect.poll(async () => (await signed())?.y, WAIT).toBeGreaterThanOrEqual(150);
    await tab.close();
  });

  test('E18: of videos that lie over one another no badge hides another one’s words', async () => {
    const clip = (src: string): string => `<video controls muted autoplay preload="auto" src="/media/${src}"></video>`;
    const tab = await open(
      '/stacked',
      `<style>video{position:absolute!important;top:20px;left:20px;margin:0}</style>${clip('unsigned.mp4')}`,
    );
    const under = (src: string): Promise<unknown> =>
      tab.evaluate(`(html) => { document.body.insertAdjacentHTML('afterbegin', html); }`, clip(src));
    const words = async (): Promise<string[]> => (await placed(tab)).map((badge) => badge.words);
    await expect.poll(words, WAIT).toEqual([NONE]);
    // The new one is beneath: its picture can't be seen, and its word isn't on what can.
    await under('ai-signed.mp4');
    await expect.poll(() => tab.evaluate(`document.querySelector('video').readyState`), WAIT).toBe(4);
    expect((await assay.labelsOf(tab)).length).toBe(2);
    await expect.poll(words, WAIT).toEqual([NONE]);
    // Which one is above can't be asked where the pointer goes through.
    await tab.evaluate(`void document.querySelectorAll('video').forEach((v) => { v.style.pointerEvents = 'none'; })`);
    await expect.poll(words, WAIT).toEqual([NONE, SIGNED]);
    const [first, second] = await placed(tab);
    expect(second?.y).toBeGreaterThanOrEqual(first?.bottom ?? Infinity);
    // Where there is no room for all, none is left to speak for another.
    for (let i = 0; i < 5; i++) await under('ai-signed.mp4');
    await expect.poll(words, WAIT).toEqual([]);
    await tab.close();
  });

  describe('E18: of two videos one takes the other one’s badge only where its own picture alone can be seen', () => {
    const [BOTH, UPPER] = [[NONE, SIGNED], [NONE]];
    const clip = (src: string, style = ''): string =>
      `<video controls muted autoplay preload="auto" src="/media/${src}" style="${style}"></video>`;
    const under = (style: string): string => clip('ai-signed.mp4') + clip('unsigned.mp4', style);
    const over = (style: string): string => clip('unsigned.mp4') + clip('ai-signed.mp4', style);
    const inRoot = (mode: string, style: string): string =>
      `${clip('ai-signed.mp4')}<div data-mode="${mode}"><template><style>${VIDEO}</style>${clip('unsigned.mp4', style)}</template></div>`;
    const VIDEO = 'video{position:absolute;inset:0;width:400px;height:225px;background:#888}';
    const CASES: [what: string, html: string, words: string[]][] = [
      ['the upper one is opaque', under(''), UPPER],
      ['the upper one lets the pointer through', under('pointer-events:none'), BOTH],
      ['the upper one is inert', under('').replace(/<video(?=.*unsigned)/, '<video inert'), BOTH],
      ['the upper one is all but transparent', over('opacity:.01'), BOTH],
      [
        'what is around the upper one is',
        `${clip('unsigned.mp4')}<p style="opacity:.01">${clip('ai-signed.mp4')}</p>`,
        BOTH,
      ],
      ['a filter takes the upper one away', over('filter:opacity(0)'), BOTH],
      ['a mask does', over('mask:linear-gradient(transparent,transparent)'), BOTH],
      ['the upper one is blended', over('mix-blend-mode:darken'), BOTH],
      ['its picture is moved out of it', over('background:none;object-position:-999px 0'), BOTH],
      [
        'what holds it has the background',
        `${clip('ai-signed.mp4')}<p style="position:absolute;inset:0;margin:0;background:#000">${clip('unsigned.mp4', 'background:none')}</p>`,
        UPPER,
      ],
      ['the upper one is cut away', over('clip-path:inset(100%)'), UPPER],
      ['and lets the pointer through', over('pointer-events:none;clip-path:inset(100%)'), UPPER],
      ['the upper one shows its back', over('rotate:y 180deg;backface-visibility:hidden'), UPPER],
      ['the upper one is in an open root', inRoot('open', ''), UPPER],
      ['the upper one is in a closed root', inRoot('closed', ''), UPPER],
      ['it lets the pointer through there', inRoot('closed', 'pointer-events:none'), BOTH],
    ];
    test('whatever hides it', async () => {
      const tab = await assay.open(
        web.url(
          web.page(
            '/seen-through',
            page(
              `<style>${VIDEO}video{margin:0}body{display:grid;grid-template-columns:repeat(4,400px);gap:9px}
               section{position:relative;height:225px}</style>
               ${CASES.map(([, html]) => `<section>${html}</section>`).join('')}
               <script>
                 for (const host of document.querySelectorAll('[data-mode]')) {
                   host.attachShadow({ mode: host.dataset.mode }).append(host.firstElementChild.content);
                 }
               </script>`,
            ),
          ),
        ),
      );
      await tab.setViewport(1700, 1000);
      await tab.activate();
      const cells = await tab.evaluate<{ x: number; y: number }[]>(
        `[...document.querySelectorAll('section')].map((cell) => cell.getBoundingClientRect().toJSON())`,
      );
      const wordsIn = async (): Promise<unknown> => {
        const all = await placed(tab);
        return CASES.map(([what], i) => {
          const { x, y } = cells[i] ?? { x: 0, y: 0 };
          const isIn = (badge: { x: number; y: number }): boolean =>
            badge.x >= x && badge.x < x + 400 && badge.y >= y && badge.y < y + 225;
          return [
            what,
            all
              .filter(isIn)
              .map(({ words }) => words)
              .toSorted(),
          ];
        });
      };
      await expect.poll(wordsIn, WAIT).toEqual(CASES.map(([what, , words]) => [what, words]));
      await tab.close();
    });
  });

  describe('E17: however deep a page nests, its badge goes with its video', () => {
    const OVER =
      '<p style="position:absolute;left:0;top:100px;width:440px;height:260px;margin:0;background:#00f">over</p>';
    const CLIP = video('/media/ai-signed.mp4').replace('<video', '<video style="position:absolute;left:0;top:100px"');
    /** Deeper than scripts can call themselves. */
    const NEST = `const nest = (html, depth) => {
      const top = document.createElement('div');
      let at = top;
      for (let i = 0; i < depth; i++, at = at.firstChild) {
        at.style.display = 'contents';
        at.append(document.createElement('div'));
      }
      at.innerHTML = html;
      document.body.append(top);
    };`;
    test.each([
      ['what lies over it', `${CLIP}<script>${NEST} nest(${JSON.stringify(OVER)}, 12000)</script>`],
      ['the video', `<p></p><script>${NEST} nest(${JSON.stringify(CLIP + OVER)}, 3000)</script>`],
      [
        'roots around what lies over it',
        `${CLIP}<div id="box"></div><script>
           let at = box;
           for (let i = 0; i < 300; i++) {
             at.style.cssText = 'position:absolute;left:0;top:0;width:440px;height:360px';
             const root = at.attachShadow({ mode: 'closed' });
             at = document.createElement('div');
             root.append(at);
           }
           at.innerHTML = ${JSON.stringify(OVER)};
         </script>`,
      ],
    ])('%s', async (what, html) => {
      const tab = await open(`/deep-${what.replaceAll(' ', '-')}`, html);
      const at = async (): Promise<number | undefined> => (await placed(tab)).find(({ words }) => words === SIGNED)?.x;
      await expect.poll(() => badges(tab), WAIT).toEqual([SIGNED]);
      await expect.poll(at, WAIT).toBeLessThan(40);
      await tab.evaluate(`void (document.querySelector('video').style.left = '300px')`);
      await expect.poll(at, WAIT).toBeGreaterThan(300);
      await tab.close();
    });
  });

  test('E19: natives that the hook follows look as ever, and what they throw names nobody', async () => {
    const tab = await open('/natives', '<p></p>');
    const { odd, stacks } = await tab.evaluate<{ odd: string[]; stacks: string[] }>(`(() => {
      const odd = [], stacks = [];
      const natives = [
        [Element.prototype, 'attachShadow', 1, true], [self, 'MediaSource', 0, false],
        [MediaSource.prototype, 'addSourceBuffer', 1, true], [SourceBuffer.prototype, 'appendBuffer', 1, true],
        [SourceBuffer.prototype, 'remove', 2, true], [URL, 'createObjectURL', 1, true],
      ];
      for (const [owner, name, length, listed] of natives) {
        const native = owner[name], own = Object.getOwnPropertyDescriptor(owner, name);
        const isUsual = native.name === name && native.length === length && /\\[native code\\]/.test(native) &&
          own.writable && own.configurable && own.enumerable === listed && own.value === native;
        if (!isUsual) odd.push(name);
      }
      class Further extends MediaSource {}
      if (MediaSource.prototype.constructor !== MediaSource || new MediaSource().constructor !== MediaSource) odd.push('constructor');
      if (!(new Further() instanceof Further && new Further() instanceof MediaSource)) odd.push('instanceof');
      for (const fault of [
        () => document.createElement('img').attachShadow({ mode: 'open' }),
        () => document.createElement('div').attachShadow({ get mode() { throw new Error(); } }),
        () => new MediaSource().addSourceBuffer('no'),
        () => MediaSource(),
        () => URL.createObjectURL(1),
        () => SourceBuffer.prototype.appendBuffer.call(1),
      ]) try { fault(); stacks.push('no fault'); } catch (error) { stacks.push(error.stack); }
      return { odd, stacks };
    })()`);
    expect(odd).toEqual([]);
    expect(stacks).toHaveLength(6);
    for (const stack of stacks) {
      expect(stack).not.toMatch(/extension:|page-hook|assay|no fault/i);
      expect(stack).toMatch(/\w/);
    }
    await tab.close();
  });

  test.each([
    ['the document', ''],
    ['an open root', 'open'],
    ['a closed root', 'closed'],
  ])('E20: keys in the panel stay there, its dialog in %s', async (_where, mode) => {
    const tab = await open(
      `/keys-${mode}`,
      `<script>
         heard = [];
         for (const at of [window, document])
           for (const type of ['keydown', 'keypress', 'keyup'])
             for (const early of [true, false]) at.addEventListener(type, (event) => heard.push(type + event.key), early);
       </script>
       <div id="box"></div>
       <script>
         const place = '${mode}' === '' ? box : box.attachShadow({ mode: '${mode}' });
         place.innerHTML = ${JSON.stringify(`<dialog>${video('/media/ai-signed.mp4')}</dialog>`)};
         dialog = place.querySelector('dialog');
         for (const type of ['keydown', 'keypress', 'keyup']) dialog.addEventListener(type, (event) => heard.push(type + event.key));
         dialog.showModal();
         isOurs = () => dialog.getRootNode().activeElement?.matches('${HOST}') === true;
       </script>`,
    );
    await tab.waitFor(`dialog.querySelector('${HOST}') !== null`);
    // By Tab alone: where the badge stands in a closed root nobody can ask.
    for (let i = 0; i < 20 && !(await tab.evaluate<boolean>('isOurs()')); i++) {
      await tab.press('Tab');
    }
    expect(await tab.evaluate('isOurs()')).toBe(true);
    await tab.evaluate('void (heard.length = 0)');
    for (const key of ['Enter', 'k', 'm']) await tab.press(key);
    expect(await tab.evaluate('heard')).toEqual([]);
    // What is not for us the page hears as ever.
    await tab.evaluate(`dialog.querySelector('video').focus()`);
    await tab.press('k');
    expect(await tab.evaluate('heard')).toContain('keydownk');
    await tab.close();
  });

  test.each([
    ['the document', ''],
    ['an open root', 'open'],
    ['a closed root', 'closed'],
  ])('E5: a click on the badge is outside of nothing, its dialog in %s', async (_where, mode) => {
    const types = [
      'pointerdown',
      'mousedown',
      'pointerup',
      'mouseup',
      'click',
      ...(mode === 'closed' ? [] : ['focusin']),
    ];
    const tab = await open(
      `/click-${mode}`,
      `<script>
         heard = [];
         for (const at of [window, document])
           for (const type of ${JSON.stringify(types)})
             for (const early of [true, false]) at.addEventListener(type, (event) => {
               heard.push(type);
               event.preventDefault();
               event.stopImmediatePropagation();
             }, early);
       </script>
       <div id="box" style="height:300px"></div><button>other</button>
       <script>
         const place = '${mode}' === '' ? box : box.attachShadow({ mode: '${mode}' });
         place.innerHTML = ${JSON.stringify(`<dialog>${video('/media/ai-signed.mp4')}</dialog>`)};
         dialog = place.querySelector('dialog');
         dialog.show(); // not modal, as those that pages make of divs
         isOurs = () => document.activeElement?.matches('${HOST}') === true;
       </script>`,
    );
    await expect.poll(() => badges(tab), WAIT).toEqual([SIGNED]);
    const { x, y } = (await placed(tab))[0] ?? { x: 0, y: 0 };
    await tab.evaluate('void (heard.length = 0)'); // a dialog gives the focus to what is in it
    await tab.click(x + 60, y + 14);
    await tab.waitFor('isOurs()');
    await untilInPanel(tab, `(root) => root.querySelector('.panel')?.checkVisibility() === true`);
    expect(await tab.evaluate('heard')).toEqual([]);
    // What the browser itself does at a click, it does once; what we do, too.
    const isOpen = `(root) => root.querySelector('.panel details').open`;
    const before = await tab.inShadow<boolean>(HOST, isOpen);
    await clickIn(tab, '.panel summary');
    await expect.poll(() => tab.inShadow<boolean>(HOST, isOpen), WAIT).toBe(!before);
    await clickIn(tab, '.close');
    await untilInPanel(tab, `(root) => root.querySelector('.panel').checkVisibility() === false`);
    expect(await tab.evaluate('heard')).toEqual([]);
    // What is not for us the page hears as ever.
    const button = await tab.evaluate<{ x: number; y: number }>(
      'document.querySelector("button").getBoundingClientRect()',
    );
    await tab.click(button.x + 5, button.y + 5);
    expect(await tab.evaluate('heard')).toContain('click');
    await tab.close();
  });

  test('E18: an open panel stays within a window that becomes smaller', async () => {
    const tab = await open('/smaller', video('/media/ai-signed.mp4', 'controls width="320"'));
    await tab.setViewport(1000, 800);
    await openPanel(tab);
    for (const [width, height] of [
      [400, 400],
      [844, 390],
      [320, 500],
    ] as const) {
      await tab.setViewport(width, height);
      const inside = `(root) => {
        const { left, top, right, bottom } = root.querySelector('.panel').getBoundingClientRect();
        return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight && innerWidth === ${String(width)};
      }`;
      await untilInPanel(tab, inside);
    }
    await tab.close();
  });

  test('E18: what an ancestor’s containment cuts away of a video bears no badge', async () => {
    const tab = await open(
      '/contained',
      `<div style="contain:paint;position:absolute;left:300px;top:100px;width:200px;height:140px">
         <video controls muted autoplay src="/media/ai-signed.mp4" style="position:absolute;left:-280px;top:-80px"></video>
       </div>`,
    );
    await expect.poll(async () => (await placed(tab)).map(({ words }) => words), WAIT).toEqual([SIGNED]);
    await expect.poll(async () => (await placed(tab))[0]?.x, WAIT).toBeGreaterThanOrEqual(300);
    await tab.close();
  });

  test.each(['.5', '2'])('E18: a page that zooms itself by %s moves no badge to another video', async (zoom) => {
    const tab = await open(
      `/zoom-${zoom}`,
      `${video('/media/unsigned.mp4')}<br>${video('/media/ai-signed.mp4')}
       <script>zoomed = (zoom) => { document.documentElement.style.zoom = zoom; }; zoomed('${zoom}');</script>`,
    );
    await tab.setViewport(1200, 1200);
    const tops = async (): Promise<number[]> => (await placed(tab)).map(({ y }) => Math.round(y));
    const wanted = async (): Promise<number[]> =>
      tab.evaluate(`[...document.querySelectorAll('video')].map((v) => Math.round(v.getBoundingClientRect().y) + 8)`);
    const fit = async (): Promise<boolean> => {
      const [are, should] = [await tops(), await wanted()];
      return are.length === 2 && are.every((top, i) => Math.abs(top - (should[i] ?? 0)) <= 1);
    };
    await expect.poll(() => badges(tab), WAIT).toHaveLength(2);
    await expect.poll(fit, WAIT).toBe(true);
    for (let i = 1; i <= 10; i++) await tab.evaluate(`zoomed(${String(1 + i / 20)})`); // more often than a host is repaired
    await expect.poll(fit, WAIT).toBe(true);
    await tab.close();
  });
});
