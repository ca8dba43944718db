import { describe, expect, test, vi } from 'vitest';
import { credentialsFor, mediaName, mediaRef } from '../../src/page/media';

const home = { site: 'site.test', origin: 'https://www.site.test' };

const never = new AbortController().signal;

const video = (over: Partial<HTMLVideoElement>): HTMLVideoElement =>
  ({ srcObject: null, currentSrc: '', crossOrigin: null, ...over }) as HTMLVideoElement;

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
    expect(
      await mediaRef(video({ srcObject: {} as MediaStream, currentSrc: 'https://site.test/old.mp4' }), home, never),
    ).toEqual({ kind: 'stream' });
  });

  test('an address, and a data: address without cookies', async () => {
    expect(await mediaRef(video({ currentSrc: 'https://site.test/a.mp4' }), home, never)).toMatchObject({
      kind: 'url',
      credentials: 'include',
    });
    expect(await mediaRef(video({ currentSrc: 'data:video/mp4;base64,AAAA' }), home, never)).toMatchObject({
      kind: 'url',
      credentials: 'omit',
    });
  });

  test('bytes of a blob: address; a stream when there are none', async () => {
    const blob = new Blob(['x']);
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(blob)));
    expect(await mediaRef(video({ currentSrc: 'blob:https://site.test/1' }), home, never)).toMatchObject({
      kind: 'blob',
      name: 'blob:https://site.test/1',
    });
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no')));
    expect(await mediaRef(video({ currentSrc: 'blob:https://site.test/1' }), home, never)).toEqual({ kind: 'stream' });
    vi.unstubAllGlobals();
  });

  test('a blob: address whose bytes no disk has room for: in pieces, all of them and in order', async () => {
    const bytes = Uint8Array.from({ length: 300_000 }, (_, i) => i % 251);
    vi.stubGlobal('fetch', () => {
      const response = new Response(new Blob([bytes]));
      response.blob = () => Promise.reject(new TypeError('Failed to fetch'));
      return Promise.resolve(response);
    });
    const media = await mediaRef(video({ currentSrc: 'blob:https://site.test/1' }), home, never);
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
    expect(await mediaRef(video({ currentSrc: 'blob:https://site.test/1' }), home, never)).toEqual({
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
      await mediaRef(video({ currentSrc: 'blob:https://site.test/1' }), home, stop.signal);
      expect(ended).toBe(true);
      expect(given).toBeLessThan(10);
      vi.unstubAllGlobals();
    },
  );

  test('other schemes are out of reach', async () => {
    expect(await mediaRef(video({ currentSrc: 'file:///a.mp4' }), home, never)).toEqual({
      kind: 'unreachable',
      reason: 'no-access',
    });
  });

  test('the name of a data: address leaves its content out', () => {
    expect(mediaName(video({ currentSrc: 'data:video/mp4;base64,AAAA' }))).toBe('data:video/mp4;base64,');
  });
});
