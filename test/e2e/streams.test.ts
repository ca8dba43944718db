/** Signed streams: each segment is verified as it is appended, and the page never notices. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Tab } from '../../src/cli/drive/driver';
import type { Label } from '../../src/contract/label';
import { BROWSERS } from './support/launch';
import type { Assay } from './support/launch';
import { measured } from './support/measure';
import { mse, page, video } from './support/pages';
import { PLAYERS, playerPage } from './support/players';
import type { Played, PlayerName } from './support/players';
import type { Host, TestServer } from './support/server';
import { onStage } from './support/stage';

const SHARED = '../shared/fixtures/c2pa';
const present = existsSync(`${SHARED}/made/stream/init.mp4`);
if (!present) console.warn(`SKIPPED: ${SHARED} is not there; signed streams were not tested in the browsers.`);

/** The third of four segments is not what was signed. */
const BROKEN = {
  state: 'changed',
  says: 'nothing',
  checked: [
    [0, 1],
    [1.5, 2],
  ],
  changed: [[1, 1.5]],
} as const;
/** Third segments, and what the stream then is. */
const CASES = {
  'seg-3.m4s': { state: 'unrecognised', says: 'ai-generated', checked: [[0, 2]], changed: [] },
  'seg-3-tampered.m4s': BROKEN,
  'seg-3-unsigned.m4s': BROKEN,
} as const;

const NAMES = ['init.mp4', 'seg-1.m4s', 'seg-2.m4s', 'seg-3.m4s', 'seg-4.m4s', 'stream.m3u8', 'stream.mpd'];

/** The index of segments of half a second each. */
function sidx(lengths: number[]): Buffer {
  const entries = lengths.flatMap((length) => [length, 500_000, 0x90000000]);
  const values = [32 + entries.length * 4, 0x73696478, 0, 1, 1_000_000, 0, 0, lengths.length, ...entries];
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, i) => bytes.writeUInt32BE(value, i * 4));
  return bytes;
}

describe.runIf(present).each(BROWSERS)('%s', (name) => {
  let assay: Assay;
  let web: TestServer;
  onStage(
    name,
    async (stage) => {
      ({ assay, web } = stage);
      for (const [player, { file }] of Object.entries(PLAYERS)) web.file(`/player/${player}`, file);
      for (const third of Object.keys(CASES)) {
        for (const file of NAMES) {
          web.file(`/${third}/${file}`, resolve(SHARED, 'made/stream', file === 'seg-3.m4s' ? third : file));
        }
      }
      await assay.setSettings({ estimate: false });
    },
    { log: true },
  );

  const credentialsOf = async (tab: Tab): Promise<Label['credentials'] | null> => {
    const [label] = await assay.labelsOf(tab);
    return label !== undefined && 'credentials' in label ? label.credentials : null;
  };

  const shown = async (tab: Tab): Promise<unknown> => {
    const found = await credentialsOf(tab);
    if (found === null) return null;
    const { seconds_checked: checked, seconds_changed: changed } = found.coverage;
    return { state: found.state, says: found.says, checked, changed };
  };

  const playThrough = async (tab: Tab): Promise<Played> => {
    await tab.waitFor('log.ended || log.errors.length > 0', { timeoutMs: 60_000 });
    return await tab.evaluate<Played>('log');
  };

  describe.each(Object.keys(PLAYERS) as PlayerName[])('%s', (player) => {
    const pagePath = (third: string, host?: Host): string =>
      web.page(
        `/${player}/${third}/${host ?? ''}`,
        playerPage(player, web.url(`/${third}/${PLAYERS[player].manifest}`, host)),
      );

    test.each(Object.entries(CASES))('%s', async (third, expected) => {
      const tab = await assay.open(web.url(pagePath(third)));
      await expect.poll(() => shown(tab), { timeout: 60_000 }).toEqual(expected);
      await tab.close();
    });

    test('playing goes as it does without Assay', async () => {
      const play = async (enabled: boolean): Promise<Played> => {
        await assay.setSettings({ enabled });
        const tab = await assay.open(web.url(pagePath('seg-3.m4s')));
        try {
          return await playThrough(tab);
        } finally {
          await tab.close();
          await assay.setSettings({ enabled: true });
        }
      };
      const without = await play(false);
      // A busy machine may stall any run; Assay would stall each.
      let withAssay = await play(true);
      for (let i = 0; i < 2 && withAssay.stalls > without.stalls; i++) withAssay = await play(true);
      measured(name, `B6 ${player}`, { without, withAssay });
      expect(withAssay.stalls).toBeLessThanOrEqual(without.stalls);
      expect({ ...withAssay, stalls: 0 }).toEqual({ ...without, stalls: 0 });
      expect(without).toMatchObject({ errors: [], ended: true });
    });
  });

  test('dash.js, all segments in one file that is too large to be a segment', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'assay-ranged-'));
    const [init = '', ...segments] = NAMES.slice(0, 5).map((file) => resolve(SHARED, 'made/stream', file));
    const parts = segments.map((file) => readFileSync(file));
    const index = sidx(parts.map(({ length }) => length));
    const start = readFileSync(init).length;
    const rest = Buffer.alloc(1_500_000);
    rest.writeUInt32BE(rest.length);
    rest.write('free', 4);
    writeFileSync(join(folder, 'all.mp4'), Buffer.concat([readFileSync(init), index, ...parts, rest]));
    const base = `<BaseURL>all.mp4</BaseURL><SegmentBase indexRange="${String(start)}-${String(start + index.length - 1)}">
      <Initialization range="0-${String(start - 1)}"/></SegmentBase>`;
    const manifest = readFileSync(resolve(SHARED, 'made/stream/stream.mpd'), 'utf8');
    writeFileSync(join(folder, 'all.mpd'), manifest.replace(/<SegmentTemplate[^]*<\/SegmentTemplate>/, base));
    for (const file of ['all.mp4', 'all.mpd']) web.file(`/ranged/${file}`, join(folder, file));
    const tab = await assay.open(web.url(web.page('/ranged', playerPage('dash.js', web.url('/ranged/all.mpd')))));
    await expect.poll(() => shown(tab), { timeout: 60_000 }).toEqual(CASES['seg-3.m4s']);
    await tab.close();
    rmSync(folder, { recursive: true });
  });

  describe('by a page’s own hand', () => {
    const MADE = 'video/mp4; codecs="avc1.64000c"';
    const parts = (third = 'seg-3.m4s', host?: Host): string[] =>
      NAMES.slice(0, 5).map((file) => web.url(`/${third}/${file}`, host));
    let pages = 0;
    /** Waits until Assay says this of the video of such a page. */
    const becomes = async (body: string, expected: Partial<Label['credentials']>): Promise<void> => {
      const tab = await assay.open(web.url(web.page(`/own/${String(pages++)}`, page(body))));
      await expect.poll(() => credentialsOf(tab), { timeout: 60_000 }).toMatchObject(expected);
      await tab.close();
    };
    /** Changes what is appended on its way. */
    const before = (code: string): string => `<script>
      const append = SourceBuffer.prototype.appendBuffer;
      let count = 0;
      SourceBuffer.prototype.appendBuffer = function (data) { const bytes = new Uint8Array(data); ${code} append.call(this, bytes); };
    </script>`;
    const INTACT = { state: 'unrecognised', reason: 'untrusted', says: 'ai-generated', claims: 'nothing' } as const;
    const UNPROVED = { state: 'unverified', reason: 'stream', says: 'nothing', claims: 'ai-generated' } as const;

    test('segments of another origin, which keeps their sizes to itself', async () => {
      await becomes(mse(parts('seg-3.m4s', 'cors.test'), MADE), INTACT);
    });

    test('the real pair of init segment and segment', async () => {
      for (const file of ['dashinit.mp4', 'dash1.m4s']) web.file(`/real/${file}`, resolve(SHARED, 'real', file));
      const real = ['dashinit.mp4', 'dash1.m4s'].map((file) => web.url(`/real/${file}`));
      await becomes(mse(real, 'video/mp4; codecs="avc1.640028"'), { ...INTACT, says: 'nothing' });
    });

    test('one flipped byte between the server and the player', async () => {
      const flip = 'if (++count === 4) bytes[bytes.length - 200] ^= 1;';
      await becomes(before(flip) + mse(parts(), MADE), { state: 'changed', says: 'nothing' });
    });

    test('segments that the page has from nowhere that can be asked prove nothing', async () => {
      const data = NAMES.slice(0, 5).map((file) => {
        const bytes = readFileSync(resolve(SHARED, 'made/stream', file));
        return `data:application/octet-stream;base64,${bytes.toString('base64')}`;
      });
      await becomes(mse(data, MADE), UNPROVED);
    });

    test('unsigned segments between signed ones', async () => {
      const [init = '', first = '', second = ''] = parts();
      const plain = web.file('/plain/init.mp4', resolve(SHARED, 'made/stream/init-unsigned.mp4'));
      const all = [init, first, web.url(plain), second];
      await becomes(mse(all, MADE), UNPROVED);
    });

    describe('against the hook', () => {
      const other = ['init.mp4', 'seg-1.m4s', 'seg-2.m4s'];
      /** A page that plays the signed stream in `buffer`; `raw` is another frame's native, `fakes` other media. */
      const stage = (scripts: { first?: string; later?: string }): string => {
        const fakes = other.map((file) =>
          web.url(web.file(`/other/${file}`, resolve('test/fixtures/media/stream', file))),
        );
        return page(`<video id="film" controls muted></video><script>
          const realm = document.body.appendChild(document.createElement('iframe')).contentWindow;
          const raw = realm.SourceBuffer.prototype.appendBuffer;
          const get = (urls) => Promise.all(urls.map(async (url) => (await fetch(url)).arrayBuffer()));
          const append = async (all, how = (bytes) => buffer.appendBuffer(bytes)) => {
            for (const bytes of all) {
              how(bytes);
              await new Promise((done) => { buffer.onupdateend = done; });
            }
          };
          let buffer, signed, fakes, ready = false;
          ${scripts.first ?? ''}
          const source = new MediaSource();
          film.src = URL.createObjectURL(source);
          source.onsourceopen = async () => {
            signed = await get(${JSON.stringify(parts())});
            fakes = await get(${JSON.stringify(fakes)});
            buffer = source.addSourceBuffer('${MADE}');
            await append(signed);
            ready = true;
          };
          const attack = async () => { ${scripts.later ?? ''} };
        </script>`);
      };
      const ATTACKS = {
        'the native of another frame appends': { later: 'await append(fakes, (bytes) => raw.call(buffer, bytes));' },
        'the page’s own word for appending says one thing and does another': {
          first: `
            let instead = null;
            const native = SourceBuffer.prototype.appendBuffer;
            SourceBuffer.prototype.appendBuffer = function (bytes) { native.call(this, instead ?? bytes); };`,
          later: `
            for (const [i, bytes] of fakes.entries()) { instead = bytes; await append([signed[i]]); }`,
        },
        'the stream gets a second address': { later: 'URL.createObjectURL(source); await append(fakes);' },
        // Chromium takes no further buffer once media is in.
        ...(name === 'firefox' && {
          'the page hears of a further buffer first, and keeps it to itself': {
            first: `
              const give = URL.createObjectURL;
              URL.createObjectURL = (source) => {
                const keep = (event) => event.stopImmediatePropagation();
                source.sourceBuffers.addEventListener('addsourcebuffer', keep, true);
                return give.call(URL, source);
              };`,
            later: `
              source.removeSourceBuffer(buffer);
              buffer = realm.MediaSource.prototype.addSourceBuffer.call(source, '${MADE}');
              await append(fakes, (bytes) => raw.call(buffer, bytes));`,
          },
        }),
      };

      test.each(Object.entries(ATTACKS))('%s', async (_, scripts) => {
        const tab = await assay.open(web.url(web.page(`/against/${String(pages++)}`, stage(scripts))));
        await expect.poll(() => credentialsOf(tab), { timeout: 60_000 }).toMatchObject(INTACT);
        await tab.evaluate('attack()');
        await expect.poll(() => credentialsOf(tab), { timeout: 60_000 }).toMatchObject(UNPROVED);
        await tab.close();
      });

      test('a frame in which its own site may have been before its document proves nothing', async () => {
        const inner = web.page('/against/inner', stage({}));
        const tab = await assay.open(
          web.url(web.page('/against/outer', page(`<iframe src="${inner}" allow="autoplay"></iframe>`))),
        );
        await tab.waitFor('frames[0].eval("ready")', { timeoutMs: 30_000 });
        await expect
          .poll(() => credentialsOf(tab), { timeout: 60_000 })
          .toMatchObject({ ...UNPROVED, coverage: { seconds_checked: [[0, 2]] } });
        await tab.close();
      });

      test('a page that watches whatever could be asked sees nothing, and gets hold of no port', async () => {
        const first = `
          let seen = '';
          const { apply, construct } = Reflect;
          const watch = (owner, name, label) => {
            const was = Object.getOwnPropertyDescriptor(owner, name);
            for (const key of ['value', 'get', 'set']) {
              const native = was[key];
              if (typeof native !== 'function') continue;
              was[key] = function (...all) {
                seen += label + ' ';
                return new.target ? construct(native, all) : apply(native, this, all);
              };
            }
            Object.defineProperty(owner, name, was);
          };
          const typed = Object.getPrototypeOf(Uint8Array.prototype);
          const owners = [[MessagePort, 'postMessage', 'start', 'onmessage'], [MessageChannel, 'port1', 'port2'],
            [MessageEvent, 'data', 'ports'], [EventTarget, 'addEventListener', 'dispatchEvent'], [WeakMap, 'get', 'set'],
            [FocusEvent, 'relatedTarget'], [MediaSource, 'sourceBuffers'], [SourceBuffer, 'timestampOffset'],
            [DataView, 'getUint32'], [ArrayBuffer, 'byteLength'], [Function, 'call', 'apply'], [Array, 'push']];
          for (const [owner, ...names] of owners) for (const name of names) watch(owner.prototype, name, name);
          for (const name of ['buffer', 'byteOffset', 'byteLength', 'length']) watch(typed, name, 'typed ' + name);
          for (const name of ['apply', 'getPrototypeOf']) watch(Reflect, name, name);
          watch(Array.prototype, Symbol.iterator, 'iterator');
          watch(ArrayBuffer, 'isView', 'isView');
          for (const name of ['MessageChannel', 'FocusEvent', 'DataView', 'Uint8Array', 'WeakMap', 'Proxy', 'RangeError'])
            watch(self, name, 'new ' + name);
          for (const name of ['url', 'init', 'bytes', 'missed', 'signed', 'due', 'stream', 'detail', 'get', 'apply'])
            Object.defineProperty(Object.prototype, name, {
              __proto__: null, configurable: true, set: undefined, get() { seen += 'any ' + name + ' '; },
            });
          const hooked = [];
          const quietly = (run) => { seen = ''; const out = run(); hooked[hooked.length] = seen; return out; };
          const { createObjectURL } = URL;
          URL.createObjectURL = (thing) => quietly(() => createObjectURL(thing));
          for (const [owner, name] of [[MediaSource, 'addSourceBuffer'], [SourceBuffer, 'appendBuffer']]) {
            const method = owner.prototype[name];
            owner.prototype[name] = function (arg) { const self = this; return quietly(() => apply(method, self, [arg])); };
          }`;
        const tab = await assay.open(web.url(web.page('/against/watched', stage({ first }))));
        await expect.poll(() => credentialsOf(tab), { timeout: 60_000 }).toMatchObject(INTACT);
        expect(await tab.evaluate('hooked')).toEqual(['', '', '', '', '', '', '']);
        await tab.close();
      });
    });

    test.runIf(name === 'chromium')('B6: a stream from a worker is a stream, and the page plays it', async () => {
      const code = `
        const source = new MediaSource();
        postMessage(source.handle, [source.handle]);
        source.onsourceopen = async () => {
          const buffer = source.addSourceBuffer('${MADE}');
          for (const part of ${JSON.stringify(parts())}) {
            buffer.appendBuffer(await (await fetch(part)).arrayBuffer());
            await new Promise((done) => { buffer.onupdateend = done; });
          }
          source.endOfStream();
        };`;
      const body = `<video id="film" controls muted autoplay></video><script>
        const code = new Blob([${JSON.stringify(code)}]);
        new Worker(URL.createObjectURL(code)).onmessage = ({ data }) => { film.srcObject = data; };
      </script>`;
      await becomes(body, { state: 'streamed', reason: null });
    });

    test.runIf(name === 'chromium')('a playlist that the browser itself plays is a stream', async () => {
      const tab = await assay.open(
        web.url(web.page('/playlist', page(video(web.url('/seg-3.m4s/stream.m3u8'), 'controls muted autoplay')))),
      );
      await tab.waitFor('document.querySelector("video").currentTime > 0', { timeoutMs: 30_000 });
      await assay.labelsOf(tab);
      expect(await credentialsOf(tab)).toMatchObject({ state: 'streamed', reason: null, says: 'nothing' });
      await tab.close();
    });

    test('the page finds its natives as they were', async () => {
      const tab = await assay.open(web.url(web.page('/natives', page(''))));
      const seen = await tab.evaluate(`[
        [MediaSource.prototype, 'addSourceBuffer'], [SourceBuffer.prototype, 'appendBuffer'], [SourceBuffer.prototype, 'remove'],
        [URL, 'createObjectURL'],
      ].map(([owner, name]) => {
        const { writable, enumerable, configurable, value } = Object.getOwnPropertyDescriptor(owner, name);
        let error = '';
        try { value.call({}); } catch (e) { error = e.constructor === TypeError ? 'TypeError' : String(e); }
        const text = Function.prototype.toString.call(value).includes('[native code]');
        return [value.name, value.length, text, 'prototype' in value, writable, enumerable, configurable, error];
      })`);
      const native = (method: string, length = 1) => [method, length, true, false, true, true, true, 'TypeError'];
      expect(seen).toEqual([
        native('addSourceBuffer'),
        native('appendBuffer'),
        native('remove', 2),
        native('createObjectURL'),
      ]);
      await tab.close();
    });
  });
});
