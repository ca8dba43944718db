/** ISO BMFF boxes (ISO/IEC 14496-12): one header at a time, from ranged reads or from bytes at hand. */
import { hex, latin, u32, u64 } from './bytes';
import type { ByteSource } from './source';

export interface Box {
  /** Four characters, one per byte. */
  type: string;
  /** UUID of a `uuid` box, hex without dashes; '' for others. */
  uuid: string;
  /** Offset of the header in the file. */
  start: number;
  /** Offset of the first byte after the header (and the UUID). */
  body: number;
  /** Offset behind the box as its header states it; may lie behind the end of the file. */
  end: number;
}

/** Longest header: 64-bit size and UUID. */
export const HEADER_MAX = 32;

/** Length of a box's header, as far as its first bytes tell: at least 8. */
export function headerLength(bytes: Uint8Array): number {
  if (bytes.length < 8) return 8;
  return (u32(bytes, 0) === 1 ? 16 : 8) + (latin(bytes, 4, 8) === 'uuid' ? 16 : 0);
}

/**
 * Reads the header of a box.
 * @param bytes starting at the header
 * @param start offset of the header in the file
 * @param limit where the surrounding box or file ends
 * @returns null when there is no readable header
 */
export function readHeader(bytes: Uint8Array, start: number, limit: number): Box | null {
  if (bytes.length < 8) return null;
  const type = latin(bytes, 4, 8);
  let size = u32(bytes, 0);
  let header = 8;
  if (size === 1) {
    if (bytes.length < 16) return null;
    size = u64(bytes, 8);
    header = 16;
  } else if (size === 0) size = limit - start;
  let uuid = '';
  if (type === 'uuid') {
    if (bytes.length < header + 16) return null;
    uuid = hex(bytes.subarray(header, header + 16));
    header += 16;
  }
  if (size < header || !Number.isSafeInteger(start + size)) return null;
  return { type, uuid, start, body: start + header, end: start + size };
}

/** Boxes inside bytes at hand; stops at the first one that is broken. `offset` is where `bytes` lie in the file. */
export function boxesIn(bytes: Uint8Array, offset: number, max = 1_000): Box[] {
  const found: Box[] = [];
  let at = 0;
  while (at < bytes.length && found.length < max) {
    const box = readHeader(bytes.subarray(at, at + HEADER_MAX), offset + at, offset + bytes.length);
    if (box === null || box.end > offset + bytes.length) break;
    found.push(box);
    at = box.end - offset;
  }
  return found;
}

/** Boxes of the top level (ISO/IEC 14496-12, table 1, and QuickTime's). */
const TOP_LEVEL =
  'bloc emsg free ftyp imda junk mdat meco meta mfra moof moov pdin pict pnot prft sidx skip ssix styp udta uuid wide'.split(
    ' ',
  );

/** Something behind the last box that reads like the header of a longer one, such as text: no box was cut there. */
const isNoBox = (last: Box | undefined): boolean => last !== undefined && !TOP_LEVEL.includes(last.type.toLowerCase());

export interface Walk {
  boxes: Box[];
  /**
   * `complete`: the last box ends where the file ends. `partial`: a box of a known type runs past the end.
   * `trailing`: the same of an unknown type. `broken`: something that is no box. `long`: more boxes than are walked.
   */
  end: 'complete' | 'partial' | 'trailing' | 'broken' | 'long';
}

/** How far a walk goes before it ends as `long`. */
export interface WalkLimits {
  boxes: number;
  fragments: number;
}

/** A manifest stands in front of the media (C2PA 2.2, A.5.1); each further fragment would cost a request. */
export const FRONT: WalkLimits = { boxes: 1_000, fragments: 4 };
/** For bytes at hand: whether the last box is all there. */
export const TO_THE_END: WalkLimits = { boxes: 200_000, fragments: 100_000 };

/** @param to null at the top level */
const pastEnd = (boxes: Box[], to: number | null): Walk =>
  to === null && isNoBox(boxes.at(-1)) ? { boxes: boxes.slice(0, -1), end: 'trailing' } : { boxes, end: 'partial' };

/**
 * Walks boxes of a file from `from` to `to` by their headers; bodies are not read.
 * @param to end of the surrounding box; for the top level the file's length, or null when unknown
 * @param onBox waited for before the next header is read; `true` ends the walk there, as `long`
 * @throws {BytesError} when bytes can't be had
 */
export async function walkBoxes(
  source: ByteSource,
  from: number,
  to: number | null,
  signal: AbortSignal,
  limits: WalkLimits = FRONT,
  onBox?: (box: Box) => Promise<void> | boolean,
): Promise<Walk> {
  const boxes: Box[] = [];
  let at = from;
  let fragments = 0;
  while (boxes.length < limits.boxes && fragments <= limits.fragments) {
    const known = to ?? source.size();
    if (known !== null && at === known) return { boxes, end: 'complete' };
    if (known !== null && at > known) return pastEnd(boxes, to);
    const bytes = await source.read(at, at + HEADER_MAX, signal);
    if (bytes.length === 0) return (source.size() ?? at) < at ? pastEnd(boxes, to) : { boxes, end: 'complete' };
    const box = readHeader(bytes, at, to ?? source.size() ?? Number.MAX_SAFE_INTEGER);
    if (box === null) return { boxes, end: 'broken' };
    boxes.push(box);
    if ((await onBox?.(box)) === true) break;
    if (box.end === Number.MAX_SAFE_INTEGER) return { boxes, end: 'complete' }; // to the end of a file of unknown length
    if (box.type === 'moof') fragments++;
    at = box.end;
  }
  return { boxes, end: 'long' };
}
