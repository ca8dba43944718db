/** The C2PA box of a file, by its layout. */
import type { Layout } from '../bytes/layout';
import type { ByteSource } from '../bytes/source';
import { C2PA_HEAD, holdsStore, readC2paBox } from './jumbf';
import type { C2paBox } from './jumbf';

/** A manifest store larger than this is not looked at ahead of the whole file. */
export const MAX_JUMBF = 16 * 1024 * 1024;

/**
 * The box whose store holds the active manifest: an update stands behind the store that it updates.
 * @throws {BytesError} when bytes can't be had
 */
export async function manifestBox(source: ByteSource, layout: Layout, signal: AbortSignal): Promise<C2paBox | null> {
  let original: C2paBox | null = null;
  for (const box of layout.c2pa) {
    if (box.end - box.body > MAX_JUMBF) continue;
    if (layout.container === 'avi') {
      return { jumbf: await source.read(box.body, box.end, signal), purpose: 'manifest', merkleOffset: 0 };
    }
    // Looked at first: thousands of large boxes for other purposes would all be read.
    if (!holdsStore(await source.read(box.body, Math.min(box.body + C2PA_HEAD, box.end), signal))) continue;
    const found = readC2paBox(await source.read(box.body, box.end, signal));
    if (found?.purpose !== 'original') return found;
    original ??= found;
  }
  return original;
}

/**
 * An offset that leads to no Merkle box breaks the rules. No hash covers it and the SDK doesn't look, so it
 * is the one trace of a box that was tampered with.
 */
export const leadsNowhere = ({ merkleOffset }: C2paBox, layout: Layout): boolean =>
  merkleOffset !== 0 && !layout.c2pa.some((box) => box.start === merkleOffset);

/** One store that says all: no update of another one, no Merkle boxes. */
export const isPlain = ({ purpose, merkleOffset }: C2paBox): boolean => purpose === 'manifest' && merkleOffset === 0;
