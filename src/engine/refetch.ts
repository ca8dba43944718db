/** Fetches again what a page says that it has loaded, to see for ourselves that it has. */
import type { Address } from '../contract/messages';
import { httpSource } from './bytes/http-source';

type Bytes = Uint8Array<ArrayBuffer>;

/** Pieces come from one address after the other, and several may come from one: what was fetched stays a while. */
const MAX_KEPT_BYTES = 32_000_000;
/** A segment may hold several pieces; what is much larger is another thing. */
const LARGER = 8;
const AT_LEAST_BYTES = 1_000_000;

const kept = new Map<string, Bytes>();

function keep(url: string, bytes: Bytes): void {
  kept.set(url, bytes);
  let total = 0;
  for (const [key, value] of [...kept].reverse()) {
    total += value.length;
    if (total > MAX_KEPT_BYTES) kept.delete(key);
  }
}

/** @returns no bytes when they can't be had: the address is not asked again */
async function fetched({ url, credentials }: Address, size: number, signal: AbortSignal): Promise<Bytes> {
  const known = kept.get(url);
  if (known !== undefined) return known;
  const source = httpSource(url, { credentials });
  const limit = Math.max(AT_LEAST_BYTES, size * LARGER);
  const bytes = await source.whole(limit, signal, () => undefined).catch(() => new Uint8Array(0));
  source.close();
  if (!signal.aborted) keep(url, bytes);
  return bytes;
}

/** @returns the first that satisfies; null when none does */
export async function refetch(
  sources: readonly Address[],
  size: number,
  isIt: (bytes: Bytes) => boolean,
  signal: AbortSignal,
): Promise<Bytes | null> {
  for (const source of sources) {
    const bytes = await fetched(source, size, signal);
    if (isIt(bytes)) return bytes;
  }
  return null;
}
