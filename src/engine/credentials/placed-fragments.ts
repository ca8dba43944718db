/** Whether the media of fragments lies in boxes for media (ISO/IEC 14496-12, 8.8.3 to 8.8.8). */
import { boxesIn } from '../bytes/boxes';
import type { Box } from '../bytes/boxes';
import { u32, u64 } from '../bytes/bytes';
import type { HoldsStretch } from './media-boxes';

/** Fields behind version and flags, which flags say which of them are there; each of 4 bytes. */
const BASE = 0x1;
const HEAD_FIELDS = [0x2, 0x8, 0x10, 0x20];
const DEFAULT_SIZE = 0x10;
const DEFAULT_BASE_IS_MOOF = 0x20000;
const DATA_OFFSET = 0x1;
const FIRST_FLAGS = 0x4;
const SAMPLE_FIELDS = [0x100, 0x200, 0x400, 0x800];
const SAMPLE_SIZE = 0x200;

type Read = (box: Box) => Uint8Array;

const flagsOf = (body: Uint8Array): number => u32(body, 0) & 0xffffff;
const bytesOf = (fields: readonly number[], flags: number): number =>
  fields.filter((field) => (flags & field) !== 0).length * 4;
const before = (fields: readonly number[], field: number): number[] => fields.slice(0, fields.indexOf(field));

/** A track's part of a fragment: where its offsets count from, and how large a sample is that doesn't say. */
function headOf(tfhd: Uint8Array, moof: Box, next: number, sizes: ReadonlyMap<number, number>): [number, number] {
  const flags = flagsOf(tfhd);
  const isOwn = (flags & BASE) !== 0;
  const base = isOwn ? u64(tfhd, 8) : (flags & DEFAULT_BASE_IS_MOOF) === 0 ? next : moof.start;
  const at = (isOwn ? 16 : 8) + bytesOf(before(HEAD_FIELDS, DEFAULT_SIZE), flags);
  return [base, (flags & DEFAULT_SIZE) === 0 ? (sizes.get(u32(tfhd, 4)) ?? 0) : u32(tfhd, at)];
}

/** Where a run of samples begins and ends. */
function runOf(trun: Uint8Array, base: number, next: number, size: number): [start: number, end: number] {
  const flags = flagsOf(trun);
  const hasOffset = (flags & DATA_OFFSET) !== 0;
  const start = hasOffset ? base + (u32(trun, 8) | 0) : next;
  const count = u32(trun, 4);
  if ((flags & SAMPLE_SIZE) === 0) return [start, start + count * size];
  const first = (hasOffset ? 12 : 8) + ((flags & FIRST_FLAGS) === 0 ? 0 : 4);
  const sizeAt = first + bytesOf(before(SAMPLE_FIELDS, SAMPLE_SIZE), flags);
  const step = bytesOf(SAMPLE_FIELDS, flags);
  let end = start;
  for (let at = sizeAt; at < Math.min(trun.length, sizeAt + count * step); at += step) end += u32(trun, at);
  return [start, end];
}

/** @param top boxes of a whole file */
export function areFragmentsPlaced(bytes: Uint8Array, top: readonly Box[], isMedia: HoldsStretch): boolean {
  const read: Read = (box) => bytes.subarray(box.body, box.end);
  const inside = (outer: Box, type: string): Box[] =>
    boxesIn(read(outer), outer.body).filter((box) => box.type === type);
  const extended = top.flatMap((box) => (box.type === 'moov' ? inside(box, 'mvex') : []));
  const sizes = new Map(
    extended
      .flatMap((mvex) => inside(mvex, 'trex'))
      .map(read)
      .map((trex) => [u32(trex, 4), u32(trex, 16)]),
  );
  return top
    .filter(({ type }) => type === 'moof')
    .every((moof) => {
      let next = moof.start;
      return inside(moof, 'traf').every((traf) => {
        const [tfhd] = inside(traf, 'tfhd');
        if (tfhd === undefined) return false;
        const [base, size] = headOf(read(tfhd), moof, next, sizes);
        next = base;
        return inside(traf, 'trun').every((trun) => {
          const [start, end] = runOf(read(trun), base, next, size);
          next = end;
          return start === end || isMedia(start, end);
        });
      });
    });
}
