/** What this frame's scripts have loaded lately: where pieces of a stream may come from. */
import type { Address } from '../contract/messages';
import { credentialsFor } from './media';
import type { Place } from './media';

/** Addresses that are remembered, and that are named for one piece. */
const MAX_REMEMBERED = 100;
const MAX_NAMED = 6;
const BY_SCRIPT = ['fetch', 'xmlhttprequest'];

export interface Resources {
  /** Where so many bytes may come from, the likeliest first. */
  sourcesOf(size: number, place: Place): Address[];
}

/** The size is 0 where another origin keeps it to itself. */
type Entry = Pick<PerformanceResourceTiming, 'name' | 'initiatorType' | 'decodedBodySize'>;

/** Those of just this size first, then those of unknown size, then larger ones; the newest first. */
export function likeliest(entries: readonly Entry[], size: number): string[] {
  const rank = ({ decodedBodySize: had }: Entry): number => (had === size ? 0 : had === 0 ? 1 : 2);
  const fitting = entries.filter(({ decodedBodySize: had }) => had === 0 || had >= size).toReversed();
  const urls = fitting.toSorted((a, b) => rank(a) - rank(b)).map((entry) => entry.name);
  return [...new Set(urls)].slice(0, MAX_NAMED);
}

/** Observes from now on, and takes what the browser still knows. Without a stream it is never started. */
export function watchResources(): Resources {
  let entries: Entry[] = [];
  const add = (list: PerformanceEntryList): void => {
    const loaded = (list as PerformanceResourceTiming[]).filter(
      ({ name, initiatorType }) => BY_SCRIPT.includes(initiatorType) && /^https?:/.test(name),
    );
    entries = [...entries, ...loaded].slice(-MAX_REMEMBERED);
  };
  const observer = new PerformanceObserver((list) => {
    add(list.getEntries());
  });
  observer.observe({ type: 'resource', buffered: true });
  return {
    sourcesOf: (size, place) => {
      add(observer.takeRecords());
      // A script's own requests send cookies to its own origin only, unless it asks for more.
      return likeliest(entries, size).map((url) => ({ url, credentials: credentialsFor(url, 'anonymous', place) }));
    },
  };
}
