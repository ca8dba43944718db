/** The C2PA box of a file, by its layout. */
import type { Layout } from '../bytes/layout';
import type { ByteSource } from '../bytes/source';
import { readC2paBox } from './jumbf';
import type { C2paBox } from './jumbf';

/** A manifest store larger than this is not looked at ahead of the whole file. */
export const MAX_JUMBF = 16 * 1024 * 1024;

/** @throws {BytesError} when bytes can't be had */
export async function manifestBox(source: ByteSource, layout: Layout, signal: AbortSignal): Promise<C2paBox | null> {
  for (const box of layout.c2pa) {
    if (box.end - box.body > MAX_JUMBF) continue;
    const body = await source.read(box.body, box.end, signal);
    const found =
      layout.container === 'avi' ? { jumbf: body, purpose: 'manifest' as const, merkleOffset: 0 } : readC2paBox(body);
    if (found !== null) return found;
  }
  return null;
}

/**
 * An offset that leads to no Merkle box breaks the rules. No hash covers it and the SDK doesn't look, so it
 * is the one trace of a box that was tampered with.
 */
export const leadsNowhere = ({ merkleOffset }: C2paBox, layout: Layout): boolean =>
  merkleOffset !== 0 && !layout.c2pa.some((box) => box.start === merkleOffset);

/** One store that says all: no update of another one, no Merkle boxes. */
export const isPlain = ({ purpose, merkleOffset }: C2paBox): boolean => purpose === 'manifest' && merkleOffset === 0;
