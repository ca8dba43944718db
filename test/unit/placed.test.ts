/** Which hashes leave it open where the media is. */
import { expect, test } from 'vitest';
import { isMediaPlaced, leavesPlacesOpen } from '../../src/engine/credentials/placed';
import type { Assertion } from '../../src/engine/credentials/store';

const hash = (label: string, ...xpaths: string[]): Assertion => {
  const data: object = { exclusions: xpaths.map((xpath) => ({ xpath })) };
  return { label, data };
};
const [OF_ALL, OF_OTHERS] = [hash('c2pa.hash.bmff.v3', '/ftyp', '/free'), hash('c2pa.hash.bmff.v3', '/mdat')];

test.each<[string, boolean, Assertion[], Assertion[]]>([
  ['all is hashed', false, [OF_ALL], [OF_OTHERS]],
  ['chunk offsets are left out', true, [hash('c2pa.hash.bmff.v2', '/moov/trak/mdia/minf/stbl/stco')], []],
  ['media has its own hashes', true, [OF_OTHERS], []],
  ['an update, of a file whose hash leaves something out', true, [], [OF_ALL, OF_OTHERS]],
  ['no hash of boxes', false, [hash('c2pa.hash.data')], [hash('c2pa.actions', '/moov')]],
])('%s', (_, open, own, others) => {
  const store = { active_manifest: 'a', manifests: { a: { assertions: own }, b: { assertions: others } } };
  expect(leavesPlacesOpen(store)).toBe(open);
});

/** The SDK tells of hashes of version 1 only by what it found. */
test.each([
  ['c2pa.hash.bmff', true],
  ['c2pa.hash.bmff__1', true],
  ['c2pa.hash.bmff.v2', false],
  ['c2pa.hash.bmff.v3__1', false],
])('no place of any box is hashed: %s', (label, open) => {
  const found = { code: 'assertion.bmffHash.match', url: `self#jumbf=/c2pa/a/c2pa.assertions/${label}` };
  const codes = { success: [found] };
  const store = { active_manifest: 'a', manifests: { a: { assertions: [] } } };
  expect(leavesPlacesOpen({ ...store, validation_results: { activeManifest: codes } })).toBe(open);
  expect(leavesPlacesOpen({ ...store, validation_results: { ingredientDeltas: [{ validationDeltas: codes }] } })).toBe(
    open,
  );
});

/** A box of these boxes or bytes. */
function box(type: string, ...inside: Uint8Array[]): Uint8Array {
  const length = inside.reduce((sum, { length: of }) => sum + of, 8);
  const out = Buffer.alloc(length);
  out.writeUInt32BE(length);
  out.write(type, 4, 'latin1');
  out.set(Buffer.concat(inside), 8);
  return out;
}

test('very many boxes and very many places are looked at in no time', () => {
  const media = Array.from({ length: 50_000 }, () => box('mdat'));
  const last = media.length * 8;
  const places = Buffer.alloc(8 + 400_000 * 4);
  for (let at = 8; at < places.length; at += 4) places.writeUInt32BE(last, at);
  places.writeUInt32BE(400_000, 4);
  const index = ['stbl', 'minf', 'mdia', 'trak', 'moov'].reduce((inner, type) => box(type, inner), box('stco', places));
  const started = performance.now();
  expect(isMediaPlaced(Buffer.concat([...media, index]))).toBe(true);
  places.writeUInt32BE(last + 1, places.length - 4);
  const other = ['stbl', 'minf', 'mdia', 'trak', 'moov'].reduce((inner, type) => box(type, inner), box('stco', places));
  expect(isMediaPlaced(Buffer.concat([...media, other]))).toBe(false);
  expect(performance.now() - started).toBeLessThan(3_000);
});
