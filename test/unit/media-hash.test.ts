import { beforeAll, expect, test } from 'vitest';
import { gatherForDigest, sha256Hasher } from '../../src/engine/bytes/file-hash';
import { mediaHash } from '../../src/engine/credentials/media-hash';
import { box } from './support/bmff';

const MOST = 24 * 1024 * 1024;
const SIZE = MOST - 65_536;
const binding = { label: 'c2pa.hash.bmff.v3', hash: new Uint8Array(32), excluded: new Set<string>() };

beforeAll(gatherForDigest);

/** Whether bytes can be gathered now: only what is hashed as it comes takes more than was announced. */
async function hasRoom(): Promise<boolean> {
  const hasher = await sha256Hasher(MOST);
  hasher.update(new Uint8Array(MOST));
  hasher.update(new Uint8Array(1));
  const sha256 = await hasher.digest();
  hasher.close();
  return sha256 === null;
}

// What is left to the SDK is read by it for seconds after this.
test.each([
  ['nothing at all', []],
  ['a file that begins oddly', box('free')],
  ['a file cut in a header', [...box('ftyp'), 0, 0, 0]],
  ['a file with another hash', box('ftyp')],
])('%s holds no room once it was asked', async (_, bytes) => {
  const three = await Promise.all([1, 2, 3].map(() => mediaHash(binding, SIZE)));
  for (const hash of three) hash.update(Uint8Array.from(bytes));
  expect(await hasRoom()).toBe(false);
  for (const hash of three) expect(await hash.matches()).toBe(false);
  expect(await hasRoom()).toBe(true);
});
