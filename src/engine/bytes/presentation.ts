/** How long and how large the pictures of a file are, as its index says (ISO/IEC 14496-12, 8.2 to 8.5). */
import type { Box } from './boxes';
import { u16, u32, u64 } from './bytes';
import type { Layout } from './layout';
import { beginOf, boxInside, moovChildren } from './moov';
import type { ByteSource } from './source';

const MAX_TRACKS = 8;
/** More than any of the boxes read here needs. */
const BEGIN = 96;
/** In the body of `stsd`: behind its own head, its first entry's, and what all entries for pictures begin with. */
const CODED_SIZE_AT = 8 + 8 + 24;

export interface Size {
  /** Pixels. */
  width: number;
  height: number;
}

/** All that an index says; its boxes may differ, and players don't agree on which they believe. */
export interface Presentation {
  /** Seconds; none for a file in fragments, which may say anything. */
  durations_s: number[];
  /** Of tracks with a picture, as they are turned for showing. */
  sizes: Size[];
}

/** All ones: whoever wrote the file didn't know. */
const isUnknown = (units: Uint8Array): boolean => units.every((byte) => byte === 0xff);

/** Seconds; no length where it isn't known. `mvhd` and `mdhd` begin alike. */
function durationOf(header: Uint8Array): number {
  const long = header[0] === 1;
  const scale = u32(header, long ? 20 : 12);
  const units = long ? header.subarray(24, 32) : header.subarray(16, 20);
  return isUnknown(units) ? 0 : (long ? u64(units, 0) : u32(units, 0)) / scale;
}

const isLength = (seconds: number): boolean => Number.isFinite(seconds) && seconds > 0;
const hasArea = ({ width, height }: Size): boolean => width > 0 && height > 0;

/** By a quarter, to either side: the matrix (a b u, c d v, x y w) swaps the axes. */
const isTurned = (matrix: Uint8Array): boolean => u32(matrix, 0) === 0 && u32(matrix, 4) !== 0 && u32(matrix, 16) === 0;
const onItsSide = ({ width, height }: Size): Size => ({ width: height, height: width });

async function trackOf(source: ByteSource, trak: Box, signal: AbortSignal): Promise<Presentation> {
  const begin = async (...path: string[]): Promise<Uint8Array> =>
    await beginOf(source, await boxInside(source, trak, path, signal), BEGIN, signal);
  const header = await begin('tkhd');
  const matrixAt = header[0] === 1 ? 52 : 40;
  const sizeAt = matrixAt + 36;
  const turned = isTurned(header.subarray(matrixAt, sizeAt));
  const shown = { width: u16(header, sizeAt), height: u16(header, sizeAt + 4) };
  const durations_s = [durationOf(await begin('mdia', 'mdhd'))];
  if (!hasArea(shown)) return { durations_s, sizes: [] };
  const entry = await begin('mdia', 'minf', 'stbl', 'stsd');
  const coded = { width: u16(entry, CODED_SIZE_AT), height: u16(entry, CODED_SIZE_AT + 2) };
  return { durations_s, sizes: [shown, coded].filter(hasArea).map(turned ? onItsSide : (size) => size) };
}

/**
 * @returns empty lists where there is no index
 * @throws {BytesError} when bytes can't be had
 */
export async function presentationOf(source: ByteSource, layout: Layout, signal: AbortSignal): Promise<Presentation> {
  const inMoov = await moovChildren(source, layout, signal);
  const movie = inMoov.find((b) => b.type === 'mvhd');
  const durations_s = [durationOf(await beginOf(source, movie, BEGIN, signal))];
  const sizes: Size[] = [];
  for (const trak of inMoov.filter((b) => b.type === 'trak').slice(0, MAX_TRACKS)) {
    const track = await trackOf(source, trak, signal);
    durations_s.push(...track.durations_s);
    sizes.push(...track.sizes);
  }
  const isFragmented = inMoov.some((b) => b.type === 'mvex');
  return { durations_s: isFragmented ? [] : durations_s.filter(isLength), sizes };
}
