/** Seeded mutations of files: the same broken files on every run. */

export interface Random {
  /** A whole number from 0 up to, not including, `below`. */
  below(below: number): number;
  pick<T>(from: readonly T[]): T;
}

/** Mulberry32. */
export function random(seed: number): Random {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (n: number): number => Math.floor(next() * n);
  return { below, pick: (from) => from[below(from.length)] as (typeof from)[number] };
}

type Bytes = Uint8Array<ArrayBuffer>;
const SIZES = [0, 1, 2, 7, 8, 9, 15, 16, 17, 24, 255, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 0xffff_fff8];

const join = (...parts: Uint8Array[]): Bytes => {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
};

type Mutation = (bytes: Bytes, r: Random) => Bytes;

const flip: Mutation = (bytes, r) => {
  const out = bytes.slice();
  const at = r.below(out.length);
  out[at] = (out[at] ?? 0) ^ (1 << r.below(8));
  return out;
};
/** A length where one may stand: sizes are what readers trust too much. */
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
  return join(
    bytes.subarray(0, at),
    Uint8Array.from({ length: 1 + r.below(40) }, () => r.below(256)),
    bytes.subarray(at),
  );
};
const append: Mutation = (bytes, r) =>
  join(
    bytes,
    Uint8Array.from({ length: 1 + r.below(64) }, () => r.below(256)),
  );

const MUTATIONS: Mutation[] = [flip, flip, size, size, size, cut, drop, repeat, noise, append];

/** One to four mutations, one after the other. */
export function mutate(bytes: Bytes, r: Random): Bytes {
  let out = bytes;
  for (let i = 1 + r.below(4); i > 0 && out.length > 0; i--) out = r.pick(MUTATIONS)(out, r);
  return out;
}

/** An mp4 file with little in its `mdat`, so that mutations meet the parts that are read. */
export function skeleton(bytes: Bytes): Bytes {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const parts: Uint8Array[] = [];
  for (let at = 0; at + 8 <= bytes.length;) {
    const length = view.getUint32(at);
    const box = bytes.slice(at, at + length);
    const kept = box[4] === 0x6d && box[5] === 0x64 ? box.slice(0, 900) : box;
    new DataView(kept.buffer).setUint32(0, kept.length);
    parts.push(kept);
    at += length;
  }
  return join(...parts);
}

/** An AVI file with statements in its `LIST/INFO`. */
export function aviFile(texts: Record<string, string>): Bytes {
  const encoder = new TextEncoder();
  const chunk = (id: string, body: Uint8Array): Uint8Array => {
    const head = new Uint8Array(8);
    head.set(encoder.encode(id));
    new DataView(head.buffer).setUint32(4, body.length, true);
    return join(head, body, new Uint8Array(body.length & 1));
  };
  const entries = Object.entries(texts).map(([id, value]) => chunk(id, encoder.encode(`${value}\0`)));
  const movie = chunk('LIST', join(encoder.encode('movi'), new Uint8Array(300)));
  const info = chunk('LIST', join(encoder.encode('INFO'), ...entries));
  return join(chunk('RIFF', join(encoder.encode('AVI '), info, movie)));
}
