/** Where the first H.264 sample of a file lies, by the sample table of its track (ISO/IEC 14496-12, 8.7). */
import { walkBoxes } from '../bytes/boxes';
import type { Box } from '../bytes/boxes';
import { latin, u32, u64 } from '../bytes/bytes';
import type { Layout } from '../bytes/layout';
import type { Extent } from '../bytes/meta-box';
import { beginOf, boxInside, moovChildren } from '../bytes/moov';
import type { ByteSource } from '../bytes/source';

const MAX_TRACKS = 4;

/** Brands of the file. FFmpeg, with which generators write their files, names `avc1` wherever there is H.264. */
async function hasH264(source: ByteSource, layout: Layout, signal: AbortSignal): Promise<boolean> {
  const ftyp = layout.boxes.find((b) => b.type === 'ftyp');
  if (ftyp === undefined) return false;
  const brands = latin(await source.read(ftyp.body, Math.min(ftyp.end, ftyp.body + 64), signal), 0, 64);
  return [...brands.matchAll(/.{4}/gs)].some(([brand]) => brand === 'avc1');
}

async function firstOf(source: ByteSource, trak: Box, signal: AbortSignal): Promise<Extent | null> {
  const inner = await boxInside(source, trak, ['mdia', 'minf', 'stbl'], signal);
  if (inner === null) return null;
  const table = (await walkBoxes(source, inner.body, inner.end, signal)).boxes;
  /** Version, flags and count, then what is counted. */
  const read = (type: string): Promise<Uint8Array> => {
    const box = table.find((b) => b.type === type);
    return beginOf(source, box, 16, signal);
  };
  if (latin(await read('stsd'), 12, 16) !== 'avc1') return null;
  const [near, far, sizes] = [await read('stco'), await read('co64'), await read('stsz')];
  const start = u32(near, 4) > 0 ? u32(near, 8) : u32(far, 4) > 0 ? u64(far, 8) : 0;
  const size = u32(sizes, 4) || u32(sizes, 12);
  return start === 0 ? null : { start, end: start + size };
}

/**
 * @returns null for a file without H.264, or without an index of it
 * @throws {BytesError} when bytes can't be had
 */
export async function firstSample(source: ByteSource, layout: Layout, signal: AbortSignal): Promise<Extent | null> {
  // Walking through an index costs reads all over it: only where there is something to find.
  if (!(await hasH264(source, layout, signal))) return null;
  const tracks = (await moovChildren(source, layout, signal)).filter((b) => b.type === 'trak');
  for (const trak of tracks.slice(0, MAX_TRACKS)) {
    const found = await firstOf(source, trak, signal);
    if (found !== null) return found;
  }
  return null;
}
