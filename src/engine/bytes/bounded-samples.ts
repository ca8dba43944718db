/**
 * Formats of the decoding library that take no file's word for how many samples it has. The library makes an object of
 * each, also where the file itself gives it no byte: a number of four bytes would fill all memory.
 */
import { MP4, QTFF } from 'mediabunny';
import type { Input, InputFormat } from 'mediabunny';
import { latin, u32, u64 } from './bytes';

/** Its inner parts, as far as they are needed here. They may change with its version, which is pinned; tests notice. */
interface Slice {
  bytes: Uint8Array;
  /** Where in `bytes` the next box begins. */
  bufferPos: number;
}
interface Demuxer {
  /** Reads a box with all that is in it. */
  traverseBox(slice: Slice): boolean;
}
interface Inner {
  _createDemuxer(input: Input): Demuxer;
}

export interface SampleLimits {
  /** In one fragment or one track's index. */
  atOnce: number;
  /** In all fragments that are read of a file. */
  inAll: number;
}

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

function guard(demuxer: Demuxer, { atOnce, inAll }: SampleLimits): Demuxer {
  const read = demuxer.traverseBox.bind(demuxer);
  let depth = 0;
  let fragments = 0;
  let counts: Record<Counted, number> = { trun: 0, stts: 0, ctts: 0, stz2: 0 };
  const check = (slice: Slice): void => {
    const box = boxAt(slice);
    if (!fits(slice.bytes, box)) throw new RangeError('a table that is larger than its box');
    if (!isCounted(box.type)) return;
    const samples = samplesOf(slice.bytes, box.type, box.body);
    counts[box.type] += samples;
    if (box.type === 'trun') fragments += samples;
    // Without offsets of its own (`ctts`) no sample of an index becomes an object: sound has millions of them.
    const { trun, stts, ctts, stz2 } = counts;
    const most = Math.max(trun, stz2, ctts, ctts === 0 ? 0 : stts);
    if (most > atOnce || fragments > inAll) throw new RangeError('more samples than a file can have');
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

function bounded(format: InputFormat, limits: SampleLimits): InputFormat {
  const inner = format as unknown as Inner;
  const value = (input: Input): Demuxer => guard(inner._createDemuxer(input), limits);
  return Object.create(format, { _createDemuxer: { value } }) as InputFormat;
}

export const boundedMp4 = (limits: SampleLimits): InputFormat => bounded(MP4, limits);
export const boundedQuickTime = (limits: SampleLimits): InputFormat => bounded(QTFF, limits);
