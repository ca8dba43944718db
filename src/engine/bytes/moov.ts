/** The index of an ISO or QuickTime file (`moov`), box by box. */
import { walkBoxes } from './boxes';
import type { Box } from './boxes';
import type { Layout } from './layout';
import type { ByteSource } from './source';

/** Boxes right inside `moov` (not those of tracks). */
export async function moovChildren(source: ByteSource, layout: Layout, signal: AbortSignal): Promise<Box[]> {
  const moov = layout.boxes.find((b) => b.type === 'moov');
  return moov === undefined ? [] : (await walkBoxes(source, moov.body, moov.end, signal)).boxes;
}
