/** Sizes and lengths that files claim: pictures that take gigabytes to decode, lengths that are no number. */
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openVideo } from '../../src/engine/estimate/decode';
import type { DecodedVideo } from '../../src/engine/estimate/decode';

const decoded = vi.hoisted(() => ({ codedWidth: 0, codedHeight: 0, closed: 0, drawn: 0 }));
vi.mock('mediabunny', async (original) => ({
  ...(await original<object>()),
  VideoSampleSink: class {
    async *samplesAtTimestamps(times: number[]) {
      for (const timestamp of times) {
        yield {
          ...{ timestamp, displayWidth: 320, displayHeight: 240 },
          codedWidth: await Promise.resolve(decoded.codedWidth),
          codedHeight: decoded.codedHeight,
          draw: () => decoded.drawn++,
          close: () => decoded.closed++,
        };
      }
    }
  },
}));

beforeEach(() => {
  Object.assign(decoded, { codedWidth: 320, codedHeight: 240, closed: 0, drawn: 0 });
  vi.stubGlobal('VideoDecoder', { isConfigSupported: () => Promise.resolve({ supported: true }) });
  vi.stubGlobal(
    'OffscreenCanvas',
    class {
      width = 1;
      height = 1;
      getContext() {
        const getImageData = (_x: number, _y: number, w: number, h: number) => ({ data: new Uint8Array(w * h * 4) });
        return { canvas: this, getImageData };
      }
    },
  );
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const { signal } = new AbortController();

/** A video whose index says that its pictures are of this size. */
async function opened(width: number, height: number): Promise<DecodedVideo | null> {
  const file = readFileSync('test/fixtures/media/unsigned.mp4');
  const entry = file.indexOf('avc1', file.indexOf('stsd'));
  file.writeUInt16BE(width, entry + 28);
  file.writeUInt16BE(height, entry + 30);
  return await openVideo({ kind: 'blob', name: 'a.mp4', blob: new Blob([file]) }, signal, () => false);
}

test.each([
  [8_192, 4_320, true],
  [4_320, 8_192, true],
  [16_000, 16_000, false],
  [65_535, 600, false],
])('pictures of %i x %i, by the index: %s', async (width, height, isDecoded) => {
  const video = await opened(width, height);
  video?.close();
  expect(video !== null).toBe(isDecoded);
});

test.each([
  [Number.NaN, 3],
  [Infinity, 3],
  [-Infinity, 3],
  [5_000, 5],
])('a length of %d ms in the file: one that is none is counted out', async (ms, expected) => {
  const file = readFileSync('test/fixtures/media/webm-aigc.webm');
  const length = file.indexOf(Buffer.from('448988', 'hex')) + 3;
  file.writeDoubleBE(ms, length);
  const video = await openVideo({ kind: 'blob', name: 'a.webm', blob: new Blob([file]) }, signal, () => false);
  expect(length).toBeGreaterThan(3);
  expect(video?.facts.duration_s).toBe(expected);
  expect(await looksOf(video)).toBe(8);
});

async function looksOf(video: DecodedVideo | null): Promise<number> {
  let count = 0;
  for await (const _ of video?.looks(2, { frames: true, pictures: false }) ?? []) count++;
  return count;
}

test('pictures of the size that the index says', async () => {
  expect(await looksOf(await opened(320, 240))).toBe(8);
  expect(decoded).toMatchObject({ drawn: 8, closed: 8 });
});

test('pictures larger than the index says: the first one is the last', async () => {
  decoded.codedWidth = decoded.codedHeight = 16_000;
  await expect(looksOf(await opened(320, 240))).rejects.toThrow(RangeError);
  expect(decoded).toMatchObject({ drawn: 0, closed: 1 });
});
