/**
 * Formats of the decoding library that take no file's word for how many samples it has. The library makes an object of
 * each, also where the file itself gives it no byte: a number of four bytes would fill all memory.
 */
import { MP4, QTFF } from 'mediabunny';
import type { InputFormat } from 'mediabunny';
import { guarded, MAX_TRACKS } from './bounded-format';
import type { GuardedInput, Slice } from './bounded-format';
import { latin, u32, u64 } from './bytes';

interface Demuxer {
  /** Reads a box with all that is in it. */
  traverseBox(slice: Slice): boolean;
}

export interface SampleLimits {
  /** In one fragment or one track's index. */
  atOnce: number;
  /** In all fragments that are read of a file. */
  inAll: number;
}

/** An hour of pictures, 60 MB while they are read. The library may hold several fragments at the same time. */
const IN_FRAGMENT = 250_000;
/** Places of fragments, ten hours at two seconds: those for one time are taken out one by one, each moving all behind it. */
const PLACES = 20_000;

interface Found {
  type: string;
  /** Behind its header. */
  body: number;
  end: number;
}

function boxAt({ bytes, bufferPos: start }: Slice): Found {
  const size = u32(bytes, start);
  const isWide = size === 1;
  const end = start + (isWide ? u64(bytes, start + 8) : size);
  return { type: latin(bytes, start + 4, start + 8), body: start + (isWide ? 16 : 8), end };
}

/** Where a table says how many entries it has, from the start of its fields, and the least bytes that each takes. */
const TABLES: Record<string, [countAt: number, width: number]> = {
  stts: [4, 8],
  ctts: [4, 8],
  stsc: [4, 12],
  stss: [4, 4],
  stco: [4, 4],
  co64: [4, 8],
  stsz: [8, 4],
  tfra: [12, 11],
};

/** Whether a table has room for what it says. The library reads on behind it, and of many tables the same again. */
function fits(bytes: Uint8Array, { type, body, end }: Found): boolean {
  const table = TABLES[type];
  const isOfOneSize = type === 'stsz' && u32(bytes, body + 4) > 0;
  if (table === undefined || isOfOneSize) return true;
  const [countAt, width] = table;
  return body + countAt + 4 + u32(bytes, body + countAt) * width <= end;
}

type Counted = 'trun' | 'stts' | 'ctts' | 'stz2';
const isCounted = (type: string): type is Counted => ['trun', 'stts', 'ctts', 'stz2'].includes(type);

/** The samples that a box speaks of. `stts` and `ctts` have runs of samples: a count and a value for each. */
function samplesOf(bytes: Uint8Array, type: Counted, body: number): number {
  if (type === 'trun') return u32(bytes, body + 4);
  if (type === 'stz2') return u32(bytes, body + 8);
  let samples = 0;
  for (let run = 0; run < u32(bytes, body + 4); run++) samples += u32(bytes, body + 8 + run * 8);
  return samples;
}

/**
 * Whether the chunks of `stsc` follow each other and neither they nor the samples of one are more than `most`: the
 * library counts its way through both.
 */
function areChunks(bytes: Uint8Array, body: number, most: number): boolean {
  let before = 0;
  for (let run = 0; run < u32(bytes, body + 4); run++) {
    const first = u32(bytes, body + 8 + run * 12);
    if (first <= before || first > most || u32(bytes, body + 12 + run * 12) > most) return false;
    before = first;
  }
  return true;
}

function guard(demuxer: Demuxer, { atOnce, inAll }: SampleLimits, { _reader: reader }: GuardedInput): Demuxer {
  const read = demuxer.traverseBox.bind(demuxer);
  let depth = 0;
  /** The outermost box that is being read: `stbl` where a track's index is spread out. */
  let root = '';
  let fragments = 0;
  let tracks = 0;
  let places = 0;
  let counts: Record<Counted, number> = { trun: 0, stts: 0, ctts: 0, stz2: 0 };
  const check = (slice: Slice): void => {
    const box = boxAt(slice);
    if (depth === 0) root = box.type;
    if (!fits(slice.bytes, box)) throw new RangeError('a table that is larger than its box');
    if (box.type === 'trak' && ++tracks > MAX_TRACKS) throw new RangeError('more tracks than a file can have');
    if (box.type === 'tfra') places += u32(slice.bytes, box.body + 12);
    if (places > PLACES) throw new RangeError('more fragments than a file can have');
    if (box.type === 'stsc' && root === 'stbl' && !areChunks(slice.bytes, box.body, atOnce)) {
      throw new RangeError('more chunks, or samples in one, than a file can have');
    }
    if (!isCounted(box.type)) return;
    const samples = samplesOf(slice.bytes, box.type, box.body);
    counts[box.type] += samples;
    if (box.type === 'trun') fragments += samples;
    // Without offsets of its own (`ctts`) no sample of an index becomes an object: sound has millions of them.
    const { trun, stts, ctts, stz2 } = counts;
    const most = Math.max(trun, stz2, ctts, ctts === 0 ? 0 : stts);
    const bytes = reader.fileSizeNonStrict ?? Infinity; // each sample in a fragment has one at least
    if (most > atOnce || trun > IN_FRAGMENT || fragments > Math.min(inAll, bytes))
      throw new RangeError('more samples than a file can have');
  };
  demuxer.traverseBox = (slice) => {
    if (depth === 0) counts = { trun: 0, stts: 0, ctts: 0, stz2: 0 };
    check(slice);
    depth++;
    try {
      return read(slice);
    } finally {
      depth--;
    }
  };
  return demuxer;
}

const bounded = (format: InputFormat, limits: SampleLimits): InputFormat =>
  guarded<Demuxer>(format, (demuxer, input) => guard(demuxer, limits, input));

export const boundedMp4 = (limits: SampleLimits): InputFormat => bounded(MP4, limits);
export const boundedQuickTime = (limits: SampleLimits): InputFormat => bounded(QTFF, limits);
