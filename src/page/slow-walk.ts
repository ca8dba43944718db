/**
 * Finds the roots that nobody tells of: those which came with the markup (`shadowrootmode`), or as copies. Looks
 * when there is time, a slice of a millisecond at most.
 */
import { prober } from './probe';
import type { Care } from './probe';

/** The first look comes early, and only at what is likely; then closed roots of plain elements are asked for, once. */
const FIRST_MS = 3_000;
const EVERY_MS = 30_000;
const SLICE_MS = 1;
const CHUNK = 8;

/**
 * @param found called with each root, known ones too
 * @param before called before each walk
 * @returns ends it
 */
export function walkSlowly(found: (root: ShadowRoot) => void, before: () => void): () => void {
  const cares: Care[] = ['likely', 'closed'];
  /** Made with the first look: most frames are left before. */
  let stop: AbortController | null = null;
  let walk: ReturnType<typeof prober> | null = null;
  const look = (): void => {
    timer = setTimeout(look, EVERY_MS);
    if (document.hidden) return;
    before();
    stop ??= new AbortController();
    walk ??= prober(found, stop.signal, SLICE_MS, CHUNK);
    walk.add(document.documentElement, cares.shift() ?? 'every');
  };
  let timer = setTimeout(look, FIRST_MS);
  return () => {
    clearTimeout(timer);
    stop?.abort();
  };
}
