/** Parts of a file by its own structure, so that mutations change what readers go by. Inner parts follow outer ones. */

export type Format = 'boxes' | 'riff' | 'ebml' | 'der' | 'cbor' | 'text';

/** Where a part states its length or count. */
export interface SizeField {
  at: number;
  bytes: number;
  order: 'big' | 'little' | 'vint';
}

export interface Span {
  start: number;
  /** Behind the part's own head. */
  body: number;
  end: number;
  size: SizeField | null;
}

type Find = (bytes: Uint8Array, from: number, to: number, depth: number) => Span[];

const MAX_DEPTH = 12;
const latin = (bytes: Uint8Array, from: number, to: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1');

function numberAt(bytes: Uint8Array, { at, bytes: width, order }: SizeField): number {
  let value = 0;
  for (let i = 0; i < width; i++) {
    const byte = bytes[order === 'little' ? at + width - 1 - i : at + i] ?? 0;
    value = value * 256 + (order === 'vint' && i === 0 ? byte & (0xff >> width) : byte);
  }
  return value;
}

/** Writes a length, cut to the room there is. */
export function putSize(bytes: Uint8Array, { at, bytes: width, order }: SizeField, value: number): void {
  let left = value;
  for (let i = width - 1; i >= 0; i--) {
    bytes[order === 'little' ? at + width - 1 - i : at + i] = left % 256;
    left = Math.floor(left / 256);
  }
  if (order === 'vint') bytes[at] = ((bytes[at] ?? 0) & (0xff >> width)) | (0x100 >> width);
}

/** Children of the first offset at which all is made of parts; none when there is no such offset. */
function childrenAt(find: Find, offsets: number[], bytes: Uint8Array, to: number, depth: number): Span[] {
  if (depth >= MAX_DEPTH) return [];
  for (const from of offsets) {
    const found = find(bytes, from, to, depth + 1);
    if (found.some((span) => span.end === to)) return found;
  }
  return [];
}

const boxes: Find = (bytes, from, to, depth) => {
  const found: Span[] = [];
  for (let at = from; at + 8 <= to;) {
    const size: SizeField = { at, bytes: 4, order: 'big' };
    const length = numberAt(bytes, size);
    if (length < 8 || at + length > to) break;
    const span: Span = { start: at, body: at + 8, end: at + length, size };
    const inner = latin(bytes, span.body, Math.min(span.body + 64, span.end)).indexOf('jumb') - 4;
    const offsets = [0, 4, 8, ...(inner >= 0 ? [inner] : [])].map((skip) => span.body + skip);
    found.push(span, ...childrenAt(boxes, offsets, bytes, span.end, depth));
    if (latin(bytes, at + 4, at + 8) === 'cbor') found.push(...cbor(bytes, span.body, span.end, depth + 1));
    at += length;
  }
  return found;
};

const riff: Find = (bytes, from, to, depth) => {
  const found: Span[] = [];
  for (let at = from; at + 8 <= to;) {
    const size: SizeField = { at: at + 4, bytes: 4, order: 'little' };
    const end = at + 8 + numberAt(bytes, size);
    if (end > to) break;
    found.push({ start: at, body: at + 8, end, size });
    if (/^(RIFF|LIST)$/.test(latin(bytes, at, at + 4)) && depth < MAX_DEPTH) {
      found.push(...riff(bytes, at + 12, end, depth + 1));
    }
    at = end + (end & 1);
  }
  return found;
};

const ebml: Find = (bytes, from, to, depth) => {
  const found: Span[] = [];
  for (let at = from; at + 2 <= to;) {
    const idLength = Math.clz32(bytes[at] ?? 0) - 23;
    const width = Math.clz32(bytes[at + idLength] ?? 0) - 23;
    if (idLength > 4 || width > 8) break;
    const size: SizeField = { at: at + idLength, bytes: width, order: 'vint' };
    const body = at + idLength + width;
    const end = Math.min(body + numberAt(bytes, size), to); // a segment may be of unknown length
    if (body > to) break;
    const span: Span = { start: at, body, end, size };
    found.push(span, ...childrenAt(ebml, [body], bytes, end, depth));
    at = end;
  }
  return found;
};

const der: Find = (bytes, from, to, depth) => {
  const found: Span[] = [];
  for (let at = from; at + 2 <= to;) {
    const first = bytes[at + 1] ?? 0;
    const width = first < 0x80 ? 1 : first & 0x7f;
    if (width === 0 || width > 4) break;
    const size: SizeField = { at: first < 0x80 ? at + 1 : at + 2, bytes: width, order: 'big' };
    const body = size.at + width;
    const end = body + numberAt(bytes, size);
    if (end > to) break;
    found.push({ start: at, body, end, size }, ...childrenAt(der, [body], bytes, end, depth));
    at = end;
  }
  return found;
};

/** One item and what is in it. @returns where it ends; -1 when it does not */
function cborItem(bytes: Uint8Array, at: number, to: number, depth: number, found: Span[]): number {
  const first = bytes[at] ?? 0;
  const low = first & 31;
  const width = low < 24 ? 0 : low < 28 ? 1 << (low - 24) : -1;
  if (at >= to || width < 0 || depth > MAX_DEPTH) return -1;
  const size: SizeField | null = width === 0 ? null : { at: at + 1, bytes: width, order: 'big' };
  const value = size === null ? low : numberAt(bytes, size);
  const body = at + 1 + width;
  const major = first >> 5;
  const span: Span = { start: at, body, end: body, size };
  found.push(span);
  if (major === 2 || major === 3) {
    span.end = body + value;
    if (span.end <= to) found.push(...childrenAt(bytes[body] === 0x30 ? der : cbor, [body], bytes, span.end, depth));
  } else if (major >= 4 && major <= 6) {
    const count = major === 6 ? 1 : major === 5 ? value * 2 : value;
    for (let i = 0; i < count && span.end >= 0; i++) span.end = cborItem(bytes, span.end, to, depth + 1, found);
  }
  if (span.end < 0 || span.end > to) found.splice(found.indexOf(span));
  return span.end > to ? -1 : span.end;
}

const cbor: Find = (bytes, from, to, depth) => {
  const found: Span[] = [];
  cborItem(bytes, from, to, depth, found);
  return found;
};

/** Tags, quoted texts, and whatever stands in brackets. */
const text: Find = (bytes, from, to) => {
  const found: Span[] = [];
  const string = latin(bytes, from, to);
  for (const { index, 0: match } of string.matchAll(/<[^<>]*>|"[^"]*"|'[^']*'/g)) {
    found.push({ start: from + index, body: from + index + 1, end: from + index + match.length, size: null });
  }
  const open: number[] = [];
  for (const { index, 0: bracket } of string.matchAll(/[{}[\]]/g)) {
    if (bracket === '{' || bracket === '[') open.push(index);
    else {
      const start = from + (open.pop() ?? index);
      found.push({ start, body: start + 1, end: from + index + 1, size: null });
    }
  }
  return found;
};

const FIND: Record<Format, Find> = { boxes, riff, ebml, der, cbor, text };

export const spansOf = (bytes: Uint8Array, format: Format): Span[] => FIND[format](bytes, 0, bytes.length, 0);
