/** Mutations that know nothing of what they change. */
import type { Random } from './random';

export type Bytes = Uint8Array<ArrayBuffer>;
export type Mutation = (bytes: Bytes, r: Random) => Bytes;

/** Lengths where one may stand: sizes are what readers trust too much. */
export const SIZES = [0, 1, 2, 7, 8, 9, 15, 16, 17, 24, 255, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 0xffff_fff8];

export const join = (...parts: Uint8Array[]): Bytes => {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
};

const some = (length: number, r: Random): Uint8Array => Uint8Array.from({ length }, () => r.below(256));

const flip: Mutation = (bytes, r) => {
  const out = bytes.slice();
  const at = r.below(out.length);
  out[at] = (out[at] ?? 0) ^ (1 << r.below(8));
  return out;
};
const size: Mutation = (bytes, r) => {
  const out = bytes.slice();
  if (out.length < 4) return out;
  const value = r.below(3) === 0 ? r.below(out.length * 2) : r.pick(SIZES);
  new DataView(out.buffer).setUint32(r.below(out.length - 3), value, r.below(4) === 0);
  return out;
};
const cut: Mutation = (bytes, r) => bytes.slice(0, r.below(bytes.length));
const drop: Mutation = (bytes, r) => {
  const at = r.below(bytes.length);
  return join(bytes.subarray(0, at), bytes.subarray(at + 1 + r.below(64)));
};
const repeat: Mutation = (bytes, r) => {
  const at = r.below(bytes.length);
  const piece = bytes.subarray(at, at + 1 + r.below(400));
  return join(bytes.subarray(0, at), ...Array.from({ length: 1 + r.below(4) }, () => piece), bytes.subarray(at));
};
const noise: Mutation = (bytes, r) => {
  const at = r.below(bytes.length);
  return join(bytes.subarray(0, at), some(1 + r.below(40), r), bytes.subarray(at));
};
const append: Mutation = (bytes, r) => join(bytes, some(1 + r.below(64), r));

export const BLIND: Mutation[] = [flip, flip, size, size, size, cut, drop, repeat, noise, append];
