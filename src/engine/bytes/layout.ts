/** Where the parts of a file that can speak lie: walked once, used by all lanes that read files. */
import { latin, u32 } from './bytes';
import { FRONT, walkBoxes } from './boxes';
import type { Box, Walk } from './boxes';
import { HEAD, containerOf } from './container';
import type { Container } from './container';
import type { ByteSource } from './source';

export const C2PA_UUID = 'd8fec3d61b0e483c92975828877ec481';
const XMP_UUID = 'be7acfcb97a942e89c71999491e3afac';

export interface Layout {
  container: Container;
  /** Top-level boxes (BMFF), or RIFF chunks as boxes (AVI). */
  boxes: Box[];
  end: Walk['end'];
  c2pa: Box[];
  xmp: Box[];
}

/** RIFF: 'RIFF' size 'AVI ', then chunks of four characters and a little-endian size, padded to even. */
async function walkRiff(source: ByteSource, signal: AbortSignal): Promise<Walk> {
  const boxes: Box[] = [];
  let at = 12;
  for (;;) {
    const size = source.size();
    if (size !== null && at >= size) return { boxes, end: at > size + 1 ? 'partial' : 'complete' };
    const head = await source.read(at, at + 12, signal);
    if (head.length < 8) return { boxes, end: head.length === 0 ? 'complete' : 'partial' };
    const length = u32(Uint8Array.from([head[7] ?? 0, head[6] ?? 0, head[5] ?? 0, head[4] ?? 0]), 0);
    boxes.push({ type: latin(head, 0, 4), uuid: latin(head, 8, 12), start: at, body: at + 8, end: at + 8 + length });
    at += 8 + length + (length & 1);
    if (boxes.length > 1_000) return { boxes, end: 'long' };
  }
}

/** A C2PA box up to this size is fetched in one go with what is behind it, before the walk goes on. */
const MAX_FETCHED = 48 * 1024;
/** Most signed files have `moov` there, and the media's header behind that. */
const BEHIND = 8 * 1024;

/** Fetches the first C2PA box that a walk meets: readers want all of it, and each small read would cost a round trip. */
function fetchStore(source: ByteSource, signal: AbortSignal): (box: Box) => Promise<void> {
  let done = false;
  return async ({ uuid, start, end }) => {
    if (done || uuid !== C2PA_UUID) return;
    done = true;
    if (end - start <= MAX_FETCHED) await source.prefetch?.(start, end + BEHIND, signal);
  };
}

/**
 * Finds out what a file is and where its parts are, by a few small reads.
 * @throws {BytesError} when bytes can't be had
 */
export async function layoutOf(source: ByteSource, signal: AbortSignal): Promise<Layout> {
  const container = containerOf(await source.read(0, HEAD, signal));
  const nothing: Walk = { boxes: [], end: 'complete' };
  const walk =
    container === 'bmff'
      ? await walkBoxes(source, 0, null, signal, FRONT, fetchStore(source, signal))
      : container === 'avi'
        ? await walkRiff(source, signal)
        : nothing;
  return {
    container,
    ...walk,
    c2pa: walk.boxes.filter((b) => b.uuid === C2PA_UUID || (container === 'avi' && b.type === 'C2PA')),
    xmp: walk.boxes.filter((b) => b.uuid === XMP_UUID || (container === 'avi' && b.type === '_PMX')),
  };
}
