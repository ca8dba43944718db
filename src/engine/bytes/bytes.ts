/** Small readings of bytes. Nothing here throws on short input: what isn't there reads as 0 or ''. */

export function u16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

export function u32(bytes: Uint8Array, at: number): number {
  return u16(bytes, at) * 0x10000 + u16(bytes, at + 2);
}

/** Values over 2^53 come out inexact; every use compares them with a length. */
export function u64(bytes: Uint8Array, at: number): number {
  return u32(bytes, at) * 0x100000000 + u32(bytes, at + 4);
}

/** One character per byte (ISO 8859-1): box types such as `©cmt` keep their first byte. */
export function latin(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, Math.min(end, start + 64)));
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const utf8 = new TextDecoder('utf-8');

/** UTF-8 text; broken bytes become U+FFFD. */
export function text(bytes: Uint8Array): string {
  return utf8.decode(bytes);
}
