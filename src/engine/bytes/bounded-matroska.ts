/** Matroska and WebM as the decoding library reads them, with bounds for what few bytes make it do or keep. */
import { MATROSKA, WEBM } from 'mediabunny';
import type { InputFormat } from 'mediabunny';
import { guarded, MAX_TRACKS } from './bounded-format';
import type { Slice } from './bounded-format';
import { u16 } from './bytes';

interface Track {
  info: { type: string } | null;
  decodingInstructions: { data: { settings?: Uint8Array | null } | null }[];
}
interface Demuxer {
  /** Reads an element with all that is in it. */
  traverseElement(slice: Slice, stopIds?: unknown): boolean;
  /** Makes blocks of the frames that share one ("lacing"). */
  expandLacedBlocks(blocks: unknown[], track: Track): void;
  /** Puts back what all blocks of a track begin with. */
  decodeBlockData(track: Track, data: Uint8Array): Uint8Array;
}

/** Ids of one and two bytes (RFC 9559); no other bytes mean the same. */
const TRACK_ENTRY = 0xae;
const SEEK = 0x4dbb;
/** Places that the library looks up one by one, each among all others. */
const MAX_SEEKS = 4_000;
/** Bytes that are taken out of each block; some four in real files. */
const MAX_PREFIX = 1_024;

function guard(demuxer: Demuxer): Demuxer {
  const read = demuxer.traverseElement.bind(demuxer);
  const decode = demuxer.decodeBlockData.bind(demuxer);
  let tracks = 0;
  let seeks = 0;
  demuxer.traverseElement = (slice, stopIds) => {
    if (slice.bytes[slice.bufferPos] === TRACK_ENTRY) tracks++;
    if (u16(slice.bytes, slice.bufferPos) === SEEK) seeks++;
    if (tracks > MAX_TRACKS || seeks > MAX_SEEKS) throw new RangeError('more elements than a file can have');
    return read(slice, stopIds);
  };
  // Sound is laced, and not read here; 256 pictures in a block of eight bytes are none.
  demuxer.expandLacedBlocks = (_, track) => {
    if (track.info?.type === 'video') throw new RangeError('pictures that share a block');
  };
  demuxer.decodeBlockData = (track, data) => {
    const prefix = track.decodingInstructions.reduce((sum, { data: step }) => sum + (step?.settings?.length ?? 0), 0);
    if (prefix > MAX_PREFIX) throw new RangeError('blocks that begin alike for longer than they can');
    return decode(track, data);
  };
  return demuxer;
}

export const boundedMatroska: InputFormat = guarded<Demuxer>(MATROSKA, guard);
export const boundedWebM: InputFormat = guarded<Demuxer>(WEBM, guard);
