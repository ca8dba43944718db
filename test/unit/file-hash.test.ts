import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { blobSource } from '../../src/engine/bytes/blob-source';
import { fileHash, hashOf } from '../../src/engine/bytes/file-hash';
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
