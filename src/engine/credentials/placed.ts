/**
 * Whether the media of a file lies where it was signed. Earlier signers left out of the hash where an index finds its
 * media (`stco`, `co64`) or where boxes lie (version 1), so that it could lead to media that nobody signed.
 */
import { boxesIn, TO_THE_END } from '../bytes/boxes';
import type { Box } from '../bytes/boxes';
import { u32, u64 } from '../bytes/bytes';
import { mediaIn } from './media-boxes';
import type { HoldsStretch } from './media-boxes';
import { areFragmentsPlaced } from './placed-fragments';
import { activeOf, asList, matchUrls } from './store';
import type { Assertion, Manifest, ManifestStore } from './store';

/** Version and flags, then how many entries there are. */
const TABLE_HEAD = 8;

/** Left out of an index, it may lead elsewhere; left out of media, that may have been moved: its place isn't hashed then. */
const OPEN = /^\/(moov|mdat)/;

/** Hashes of version 1, at the end of their addresses. The SDK leaves them out of the manifests that it gives. */
const PLACELESS = /\bc2pa\.hash\.bmff(__\d+)?$/;

const hashesOf = (manifest: Manifest | null): Assertion[] =>
  asList(manifest?.assertions).filter(({ label }) => String(label).startsWith('c2pa.hash.bmff'));

/** Whether the hash of the file leaves it open where the media is. An update has none of its own. */
export function leavesPlacesOpen(store: ManifestStore): boolean {
  const own = hashesOf(activeOf(store));
  const hashes = own.length > 0 ? own : Object.values(store.manifests ?? {}).flatMap(hashesOf);
  const leavesOut = hashes.some(({ data }) => {
    const { exclusions } = Object(data) as { exclusions?: { xpath?: unknown }[] | null };
    return asList(exclusions).some(({ xpath }) => OPEN.test(String(xpath)));
  });
  return leavesOut || matchUrls(store).some((url) => PLACELESS.test(url));
}

/** Numbers of a table; no more than its box holds. */
function* entries(body: Uint8Array, head: number, width: 4 | 8): Generator<number> {
  const count = Math.min(u32(body, head - 4), (body.length - head) / width);
  for (let i = 0; i + 1 <= count; i++) yield (width === 4 ? u32 : u64)(body, head + i * width);
}

type Table = (type: string) => Uint8Array | null;

/** How many samples each further chunk has: the runs of `stsc` (first chunk, samples in each, their kind). */
function samplesPerChunk(runs: Uint8Array): (chunk: number) => number {
  const RUN = 12;
  const count = Math.min(u32(runs, 4), Math.floor((runs.length - TABLE_HEAD) / RUN));
  let at = 0;
  return (chunk) => {
    while (at + 1 < count && u32(runs, TABLE_HEAD + (at + 1) * RUN) <= chunk) at++;
    return u32(runs, TABLE_HEAD + at * RUN + 4);
  };
}

/** How many bytes the next so many samples have, by `stsz`. */
function bytesOf(sizes: Uint8Array): (samples: number) => number {
  const each = u32(sizes, 4);
  const HEAD = TABLE_HEAD + 4;
  const held = Math.floor((sizes.length - HEAD) / 4);
  let next = 0;
  return (samples) => {
    if (each > 0) return samples * each;
    let total = 0;
    for (const end = Math.min(next + samples, held); next < end; next++) total += u32(sizes, HEAD + next * 4);
    return total;
  };
}

/** Whether one chunk lies behind the other, and all of them in media. */
function isTrackPlaced(table: Table, isMedia: HoldsStretch): boolean {
  const [near, far] = [table('stco'), table('co64')];
  const places = near === null ? entries(far ?? new Uint8Array(0), TABLE_HEAD, 8) : entries(near, TABLE_HEAD, 4);
  const samplesIn = samplesPerChunk(table('stsc') ?? new Uint8Array(0));
  const bytesIn = bytesOf(table('stsz') ?? new Uint8Array(0));
  let behind = 0;
  let chunk = 0;
  for (const start of places) {
    const end = start + bytesIn(samplesIn(++chunk));
    if (start < behind || !isMedia(start, end)) return false;
    behind = end;
  }
  return true;
}

/** @param bytes a whole file */
export function isMediaPlaced(bytes: Uint8Array): boolean {
  const top = boxesIn(bytes, 0, TO_THE_END.boxes);
  const inside = (outer: Box, type: string): Box[] =>
    boxesIn(bytes.subarray(outer.body, outer.end), outer.body).filter((box) => box.type === type);
  const isMedia = mediaIn(top.filter(({ type }) => type === 'mdat'));
  const tracks = top.filter(({ type }) => type === 'moov').flatMap((moov) => inside(moov, 'trak'));
  // Nothing that was looked at proves nothing.
  if (tracks.length === 0 || top.length === TO_THE_END.boxes || !areFragmentsPlaced(bytes, top, isMedia)) return false;
  return tracks
    .flatMap((trak) => inside(trak, 'mdia'))
    .flatMap((mdia) => inside(mdia, 'minf'))
    .flatMap((minf) => inside(minf, 'stbl'))
    .every((stbl) => {
      const table: Table = (type) => {
        const [box] = inside(stbl, type);
        return box === undefined ? null : bytes.subarray(box.body, box.end);
      };
      return isTrackPlaced(table, isMedia);
    });
}
