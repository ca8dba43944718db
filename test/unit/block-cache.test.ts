/** The cache of blocks: any reads come out as if there were none, and nothing is asked for twice. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AHEAD, BLOCK, blockCache } from '../../src/engine/bytes/block-cache';

const file = (length: number): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length }, (_, i) => (i * 7 + (i >> 8)) & 255);

test('reads are the file’s bytes, whatever the order', async () => {
  const range = fc.tuple(fc.nat(30_000), fc.integer({ min: 1, max: 10_000 }));
  await fc.assert(
    fc.asyncProperty(fc.nat(30_000), fc.array(range, { maxLength: 8 }), async (length, ranges) => {
      const bytes = file(length);
      const cache = blockCache();
      const fetchRange = (from: number, to: number) => Promise.resolve(bytes.slice(from, to));
      const reads = await Promise.all(ranges.map(([at, n]) => cache.read(at, at + n, fetchRange)));
      const same = ranges.every(([at, n], i) => Buffer.compare(reads[i] ?? Buffer.of(), bytes.slice(at, at + n)) === 0);
      expect(same).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test('two readers of one place cost one request', async () => {
  const asked: [number, number][] = [];
  const cache = blockCache();
  const fetchRange = (from: number, to: number) => {
    asked.push([from, to]);
    return Promise.resolve(file(20_000).slice(from, to));
  };
  await Promise.all([
    cache.read(0, 16, fetchRange),
    cache.read(100, 200, fetchRange),
    cache.read(0, 5_000, fetchRange),
  ]);
  expect(asked).toEqual([
    [0, AHEAD * BLOCK],
    [AHEAD * BLOCK, 2 * AHEAD * BLOCK],
  ]);
});

test('far away a few bytes cost one block, further on several', async () => {
  const asked: number[] = [];
  const cache = blockCache();
  const fetchRange = (from: number, to: number) => {
    asked.push((to - from) / BLOCK);
    return Promise.resolve(file(to - from));
  };
  for (const at of [90 * BLOCK, 91 * BLOCK, 93 * BLOCK, 87 * BLOCK, 88 * BLOCK])
    await cache.read(at, at + 8, fetchRange);
  expect(asked).toEqual([1, AHEAD, 1, 2]);
});

test('a read that begins in the cache is whole, also when the cache is full', async () => {
  const bytes = file(24_000_000);
  const cache = blockCache();
  const fetchRange = (from: number, to: number) => Promise.resolve(bytes.slice(from, to));
  await cache.read(0, 5_000_000, fetchRange);
  await cache.read(10_000_000, 15_000_000, fetchRange);
  const read = await cache.read(14_999_000, 16_000_000, fetchRange);
  expect(Buffer.compare(read, bytes.slice(14_999_000, 16_000_000))).toBe(0);
});

test('a failed read is not kept', async () => {
  const cache = blockCache();
  await expect(cache.read(0, 16, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect((await cache.read(0, 16, () => Promise.resolve(file(16)))).length).toBe(16);
});
