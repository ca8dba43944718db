import { describe, expect, test, vi } from 'vitest';
import type { MediaRef } from '../../src/contract/messages';
import { credentialsFor, heldBlob, mediaName, mediaRef } from '../../src/page/media';

const home = { site: 'site.test', origin: 'https://www.site.test' };

const never = new AbortController().signal;

const video = (over: Partial<HTMLVideoElement>): HTMLVideoElement =>
  ({ srcObject: null, currentSrc: '', crossOrigin: null, ...over }) as HTMLVideoElement;

const refOf = (
  of: HTMLVideoElement,
  signal = never,
  held: Request | null = null,
  mayStream = true,
): Promise<MediaRef> => mediaRef(of, home, signal, held, mayStream);

describe('cookies', () => {
  test.each([
    ['https://www.site.test/a.mp4', null, home, 'include'],
    ['https://site.test/a.mp4', null, home, 'include'],
    ['https://media.site.test/a.mp4', null, home, 'include'],
    ['https://media.site.test/a.mp4', 'anonymous', home, 'omit'],
    ['https://www.site.test/a.mp4', 'anonymous', home, 'include'],
    ['https://cdn.test/a.mp4', null, home, 'omit'],
    ['https://evilsite.test/a.mp4', null, home, 'omit'],
    ['https://site.test.evil.test/a.mp4', null, home, 'omit'],
    ['https://site.test/a.mp4', null, { site: 'site.test', origin: 'https://ads.test' }, 'omit'],
    ['https://site.test/a.mp4', null, { site: 'site.test', origin: 'null' }, 'omit'],
    ['https://site.test/a.mp4', null, { site: null, origin: 'https://site.test' }, 'omit'],
    ['http://192.168.0.1/cam.mp4', null, home, 'omit'],
    ['https://site.test/a.mp4', null, { site: 'file:', origin: 'null' }, 'omit'],
  ] as const)('%s crossorigin=%s', (url, crossOrigin, place, expected) => {
    expect(credentialsFor(url, crossOrigin, place)).toBe(expected);
  });
});

describe('what the engine is given', () => {
  test('a stream has no bytes', async () => {
    expect(await refOf(video({ srcObject: {} as MediaStream, currentSrc: 'https://site.test/old.mp4' }))).toEqual({
      kind: 'stream',
    });
  });

  test('an address, and a data: address without cookies', async () => {
    expect(await refOf(video({ currentSrc: 'https://site.test/a.mp4' }))).toMatchObject({
      kind: 'url',
      credentials: 'include',
    });
    expect(await refOf(video({ currentSrc: 'data:video/mp4;base64,AAAA' }))).toMatchObject({
      kind: 'url',
      credentials: 'omit',
    });
  });

  test('bytes of a blob: address; a stream when there are none', async () => {
    const blob = new Blob(['x']);
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(blob)));
    expect(await refOf(video({ currentSrc: 'blob:https://site.test/1' }))).toMatchObject({
      kind: 'blob',
      name: 'blob:https://site.test/1',
    });
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no')));
    expect(await refOf(video({ currentSrc: 'blob:https://site.test/1' }))).toEqual({ kind: 'stream' });
    vi.unstubAllGlobals();
  });

  describe('a blob: address that the page takes back', () => {
    const url = 'blob:https://site.test/1';
    const gone = (): Promise<Response> => Promise.reject(new TypeError('no'));
    const answersOnly = (one: Request) => (asked: RequestInfo) =>
      asked === one ? Promise.resolve(new Response('x')) : gone();

    test('was held when the element began to load it', async () => {
      const held = new Request(url);
      vi.stubGlobal('fetch', answersOnly(held));
      expect(await refOf(video({ currentSrc: url }), never, held, false)).toMatchObject({ kind: 'blob', name: url });
      // what was held of another address is not what plays
      expect(await refOf(video({ currentSrc: `${url}2` }), never, held, false)).toMatchObject({ kind: 'unreachable' });
      vi.unstubAllGlobals();
    });

    test('was not held: a stream only where the page has made one', async () => {
      vi.stubGlobal('fetch', gone);
      expect(await refOf(video({ currentSrc: url }), never, null, false)).toEqual({
        kind: 'unreachable',
        reason: 'blob-gone',
      });
      expect(await refOf(video({ currentSrc: url }), never, null, true)).toEqual({ kind: 'stream' });
      vi.unstubAllGlobals();
    });

    test.each([
      [url, true],
      ['https://site.test/a.mp4', false],
      ['', false],
    ])('%s: held %s', (address, isHeld) => {
      expect(heldBlob(address)?.url ?? null).toBe(isHeld ? address : null);
    });
  });

  test('a blob: address whose bytes no disk has room for: in pieces, all of them and in order', async () => {
    const bytes = Uint8Array.from({ length: 300_000 }, (_, i) => i % 251);
    vi.stubGlobal('fetch', () => {
      const response = new Response(new Blob([bytes]));
      response.blob = () => Promise.reject(new TypeError('Failed to fetch'));
      return Promise.resolve(response);
    });
    const media = await refOf(video({ currentSrc: 'blob:https://site.test/1' }));
    expect(media.kind === 'blob' && new Uint8Array(await media.blob.arrayBuffer())).toEqual(bytes);
    vi.unstubAllGlobals();
  });

  test('a blob: address that answers and can’t be read is no stream', async () => {
    const gone = (): ReadableStream =>
      new ReadableStream({
        pull: (c) => {
          c.error(new Error('gone'));
        },
      });
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(gone())));
    expect(await refOf(video({ currentSrc: 'blob:https://site.test/1' }))).toEqual({
      kind: 'unreachable',
      reason: 'blob-gone',
    });
    vi.unstubAllGlobals();
  });

  test.each(['in one', 'in pieces'])(
    'a blob: address is copied no further once its video has gone: %s',
    async (how) => {
      const stop = new AbortController();
      let given = 0;
      let ended = false;
      vi.stubGlobal('fetch', (_url: string, { signal }: RequestInit) => {
        const body = new ReadableStream<Uint8Array>({
          pull: (c) => {
            if (++given === 5) stop.abort();
            if (given < 100) c.enqueue(new Uint8Array(1_000));
            else c.close();
          },
          start: (c) => {
            signal?.addEventListener('abort', () => {
              ended = true;
              c.error(signal.reason);
            });
          },
        });
        const response = new Response(body);
        if (how === 'in pieces') response.blob = () => Promise.reject(new TypeError('Failed to fetch'));
        return signal?.aborted === true ? Promise.reject(new Error('aborted')) : Promise.resolve(response);
      });
      await refOf(video({ currentSrc: 'blob:https://site.test/1' }), stop.signal);
      expect(ended).toBe(true);
      expect(given).toBeLessThan(10);
      vi.unstubAllGlobals();
    },
  );

  test('other schemes are out of reach', async () => {
    expect(await refOf(video({ currentSrc: 'file:///a.mp4' }))).toEqual({
      kind: 'unreachable',
      reason: 'no-access',
    });
  });

  test('the name of a data: address leaves its content out', () => {
    expect(mediaName(video({ currentSrc: 'data:video/mp4;base64,AAAA' }))).toBe('data:video/mp4;base64,');
  });
});
