import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { blobSource } from '../../src/engine/bytes/blob-source';
import { fileHash, gatherForDigest, hashOf, sha256Hasher } from '../../src/engine/bytes/file-hash';
import { BytesError } from '../../src/engine/bytes/source';

const never = new AbortController().signal;
const bytes = Uint8Array.from({ length: 9_000_000 }, (_, i) => i % 251);
const sha256 = createHash('sha256').update(bytes).digest('hex');
const source = () => blobSource(new Blob([bytes]), 'a');

describe('the hash of a file', () => {
  test('is the same in passing and of bytes at hand', async () => {
    expect(await hashOf(bytes)).toBe(sha256);
    expect(await fileHash(source(), bytes.length, never)).toBe(sha256);
  });
  test('is none over the limit, and none of what was stopped', async () => {
    expect(await fileHash(source(), bytes.length - 1, never)).toBeNull();
    expect(await fileHash(source(), bytes.length, AbortSignal.abort())).toBeNull();
  });
  test('is none where bytes stay away; what is no fault of bytes is thrown', async () => {
    const failing = (error: Error) => ({ ...source(), pass: () => Promise.reject(error) });
    expect(await fileHash(failing(new BytesError('network')), bytes.length, never)).toBeNull();
    await expect(fileHash(failing(new TypeError('ours')), bytes.length, never)).rejects.toThrow(TypeError);
  });
});

test('nothing is gathered where nobody asks for it', async () => {
  const hasher = await sha256Hasher(1);
  hasher.update(bytes.subarray(0, 2)); // one that gathers takes no more than was announced
  expect(await hasher.digest()).toBe(createHash('sha256').update(bytes.subarray(0, 2)).digest('hex'));
});

describe('a hash of pieces', () => {
  beforeAll(gatherForDigest);
  const MOST = 24 * 1024 * 1024;
  const of = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex');
  const digest = async (most: number | null, data: Uint8Array, step: number): Promise<string | null> => {
    const hasher = await sha256Hasher(most);
    for (let at = 0; at < data.length; at += step) hasher.update(data.subarray(at, at + step));
    try {
      return await hasher.digest();
    } finally {
      hasher.close();
    }
  };
  test.each([0, 1, 65_536, 9_000_000])('%i bytes, gathered or not', async (length) => {
    const data = bytes.subarray(0, length);
    for (const most of [length, length + 9, MOST, MOST + 1, null]) {
      expect(await digest(most, data, 65_537)).toBe(of(data));
    }
  });
  test('around the most that is gathered', async () => {
    const data = new Uint8Array(MOST + 1).fill(7);
    for (const length of [MOST - 1, MOST, MOST + 1]) {
      const part = data.subarray(0, length);
      expect(await digest(length, part, 1_000_003)).toBe(of(part));
    }
  });
  test('none of more bytes than were announced: those who announce are not believed with memory', async () => {
    expect(await digest(999, bytes.subarray(0, 1_000), 100)).toBeNull();
  });
  test('what comes in one room that is used again stays what it was', async () => {
    const hasher = await sha256Hasher(20);
    const room = new Uint8Array(10).fill(1);
    hasher.update(room);
    room.fill(2);
    hasher.update(room);
    expect(await hasher.digest()).toBe(of(Uint8Array.from({ length: 20 }, (_, i) => (i < 10 ? 1 : 2))));
    hasher.close();
  });
  test('only so much is gathered at a time; the rest is hashed as it comes, and closing gives room', async () => {
    /** Only what is hashed as it comes takes more than was announced. */
    const gathers = async (hasher: Awaited<ReturnType<typeof sha256Hasher>>): Promise<boolean> => {
      hasher.update(new Uint8Array(MOST));
      hasher.update(new Uint8Array(1));
      return (await hasher.digest()) === null;
    };
    const take = () => sha256Hasher(MOST);
    const first = [await take(), await take(), await take(), await take()];
    const kinds = await Promise.all(first.map(gathers));
    expect(kinds[0]).toBe(true);
    expect(kinds.at(-1)).toBe(false);
    for (const hasher of first) {
      hasher.close();
      hasher.close();
    }
    const again = await take();
    expect(await gathers(again)).toBe(true);
    again.close();
  });
});
