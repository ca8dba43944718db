/** Fetches again what a page says that it has loaded, to see for ourselves that it has. */
import type { Address } from '../contract/messages';
import { httpSource } from './bytes/http-source';
import { segmentRanges, type Range } from './bytes/sidx';
import { BytesError } from './bytes/source';

type Bytes = Uint8Array<ArrayBuffer>;

/** Pieces come from one address after the other, and several may come from one: what was fetched stays a while. */
const MAX_KEPT_BYTES = 32_000_000;
/** A segment may hold several pieces; what is much larger is another thing. */
const LARGER = 8;
const AT_LEAST_BYTES = 1_000_000;

const kept = new Map<string, Bytes>();

/** With cookies a server may answer otherwise. */
const keyOf = ({ url, credentials }: Address): string => `${credentials} ${url}`;

function keep(address: Address, bytes: Bytes): void {
  kept.set(keyOf(address), bytes);
  let total = 0;
  for (const [key, value] of [...kept].reverse()) {
    total += value.length;
    if (total > MAX_KEPT_BYTES) kept.delete(key);
  }
}

/** Of files that are too large to be a segment: where the segments in them are, by their own index. */
const indexes = new Map<string, Range[]>();
const MAX_INDEXES = 16;
/** Segments of just the same length that are compared. */
const MAX_COMPARED = 8;

async function indexOf({ url, credentials }: Address, signal: AbortSignal): Promise<Range[]> {
  const source = httpSource(url, { credentials, rangesOnly: true });
  const ranges = await segmentRanges(source, signal).catch(() => []);
  source.close();
  return ranges;
}

/** @returns no bytes when they can't be had: the address is not asked again */
async function fetched(address: Address, size: number, signal: AbortSignal): Promise<Bytes> {
  const { url, credentials } = address;
  const known = kept.get(keyOf(address));
  if (known !== undefined) return known;
  const source = httpSource(url, { credentials });
  const limit = Math.max(AT_LEAST_BYTES, size * LARGER);
  let isLarge = false;
  const bytes = await source
    .whole(limit, signal, () => undefined)
    .catch((error: unknown) => {
      isLarge = error instanceof BytesError && error.reason === 'too-large';
      return new Uint8Array(0);
    });
  source.close();
  const ranges = isLarge ? await indexOf(address, signal) : [];
  if (signal.aborted) return bytes;
  keep(address, bytes);
  if (ranges.length > 0) indexes.set(keyOf(address), ranges);
  const [oldest] = indexes.keys();
  if (indexes.size > MAX_INDEXES && oldest !== undefined) indexes.delete(oldest);
  return bytes;
}

/** What an address gives that may be the piece: all of it, or the segments in it that are as long. */
async function* offers(address: Address, size: number, signal: AbortSignal): AsyncGenerator<Bytes> {
  yield await fetched(address, size, signal);
  const { url, credentials } = address;
  const ranges = (indexes.get(keyOf(address)) ?? []).filter(({ start, end }) => end - start === size);
  const source = httpSource(url, { credentials, rangesOnly: true });
  try {
    for (const { start, end } of ranges.slice(0, MAX_COMPARED)) {
      yield await source.read(start, end, signal).catch(() => new Uint8Array(0));
    }
  } finally {
    source.close();
  }
}

/** @returns the first that satisfies; null when none does */
export async function refetch(
  sources: readonly Address[],
  size: number,
  isIt: (bytes: Bytes) => boolean,
  signal: AbortSignal,
): Promise<Bytes | null> {
  for (const source of sources) {
    for await (const bytes of offers(source, size, signal)) if (isIt(bytes)) return bytes;
  }
  return null;
}
