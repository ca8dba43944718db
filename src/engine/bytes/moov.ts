/** The index of an ISO or QuickTime file (`moov`), box by box. */
import { FRONT, walkBoxes } from './boxes';
import type { Box } from './boxes';
import type { Layout } from './layout';
import type { ByteSource } from './source';

/** Boxes right inside `moov` (not those of tracks). */
export async function moovChildren(source: ByteSource, layout: Layout, signal: AbortSignal): Promise<Box[]> {
  const moov = layout.boxes.find((b) => b.type === 'moov');
  return moov === undefined ? [] : (await walkBoxes(source, moov.body, moov.end, signal)).boxes;
}

/**
 * The first box down a path of types. What is behind it is not walked: in an index each step there may cost a request.
 * @throws {BytesError} when bytes can't be had
 */
export async function boxInside(
  source: ByteSource,
  outer: Box,
  path: readonly string[],
  signal: AbortSignal,
): Promise<Box | null> {
  let inner = outer;
  for (const type of path) {
    const { boxes } = await walkBoxes(source, inner.body, inner.end, signal, FRONT, (box) => box.type === type);
    const last = boxes.at(-1);
    if (last?.type !== type) return null;
    inner = last;
  }
  return inner;
}

/** The first bytes of a box's body; none where there is no box. */
export async function beginOf(
  source: ByteSource,
  box: Box | null | undefined,
  length: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  if (box === null || box === undefined) return new Uint8Array(0);
  return await source.read(box.body, Math.min(box.end, box.body + length), signal);
}
