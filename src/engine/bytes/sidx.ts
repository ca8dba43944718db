/** The index of a file that is streamed by ranges of bytes (`sidx`, ISO/IEC 14496-12, 8.16.3). */
import { u16, u32, u64 } from './bytes';
import { walkBoxes } from './boxes';
import type { ByteSource } from './source';

export interface Range {
  start: number;
  end: number;
}

/** It stands in front of the media. */
const FRONT = { boxes: 20, fragments: 0 };
const MAX_BYTES = 1_000_000;
const ENTRY = 12;
/** Set where an entry leads to a further index and not to media. */
const LEADS_ON = 0x80000000;

/** @param from where the bytes behind the index begin */
function rangesIn(body: Uint8Array, from: number): Range[] {
  const wide = (body[0] ?? 0) > 0;
  const at = wide ? 28 : 20;
  let start = from + (wide ? u64(body, 20) : u32(body, 16));
  const ranges: Range[] = [];
  for (let i = 0; i < u16(body, at + 2); i++) {
    const entry = at + 4 + i * ENTRY;
    if (entry + ENTRY > body.length) break;
    const word = u32(body, entry);
    const end = start + (word % LEADS_ON);
    if (word < LEADS_ON) ranges.push({ start, end });
    start = end;
  }
  return ranges;
}

/**
 * Where the segments of a file are, by its own index.
 * @throws {BytesError} when bytes can't be had
 */
export async function segmentRanges(source: ByteSource, signal: AbortSignal): Promise<Range[]> {
  const { boxes } = await walkBoxes(source, 0, null, signal, FRONT);
  const index = boxes.find(({ type }) => type === 'sidx');
  if (index === undefined || index.end - index.body > MAX_BYTES) return [];
  return rangesIn(await source.read(index.body, index.end, signal), index.end);
}
