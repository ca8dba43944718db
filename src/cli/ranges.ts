/** Byte ranges of HTTP (RFC 9110, section 14). */

export interface ByteRange {
  start: number;
  /** Last byte, inclusive. */
  end: number;
}

/**
 * @param header value of `Range`
 * @returns null when there is no range to serve (answer 200), `'bad'` when none of it exists (416)
 */
export function parseRange(header: string | undefined, size: number): ByteRange | 'bad' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (match === null) return null;
  const [, from = '', to = ''] = match;
  if (from === '' && to === '') return null;
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  return start >= size || start > end ? 'bad' : { start, end };
}
