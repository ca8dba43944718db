/** Which hashes leave it open where the media is. */
import { expect, test } from 'vitest';
import { leavesPlacesOpen } from '../../src/engine/credentials/placed';
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
