/** From lines read in several pictures to the marks that count. Pure. */
import type { Match } from './match';
import { isSamePlace } from './place';
import type { Reading } from './types';

export interface Sighting extends Reading {
  match: Match;
}

export interface FoundMark {
  match: Match;
  /** The reading that is nearest to the mark's own form. */
  best: Reading;
  times_s: number[];
}

/** Below this a line was not read but guessed. */
const MIN_CONFIDENCE = 0.5;
/** All readings of a mark together may be off by this much a reading. */
const MEAN_COST = 0.3;
const LONG_NAME = 6;

export const nameOf = ({ mark, says }: Match): string => mark?.id ?? says;

/** A mark is seen at least twice: at one place that stays while time goes on, or, jumping, at two of its places. */
function isSeenTwice(all: readonly Sighting[]): boolean {
  return all.some((a, i) =>
    all.some((b, j) => {
      if (j <= i || a.time_s === b.time_s) return false;
      return isSamePlace(a.box, b.box) || (a.match.mark?.place === 'edge' && a.match.cost + b.match.cost === 0);
    }),
  );
}

function isPlain({ match, text }: Sighting, all: readonly Sighting[]): boolean {
  if (match.mark === null || text.length > LONG_NAME) return true;
  return all.reduce((sum, s) => sum + s.match.cost, 0) / all.length <= MEAN_COST;
}

/**
 * @param sightings of all pictures
 * @param pictures how many were looked at: of a single one a single sighting is all there can be
 */
export function vote(sightings: readonly Sighting[], pictures: number): FoundMark[] {
  const good = sightings.filter((s) => s.confidence >= MIN_CONFIDENCE);
  return [...new Set(good.map((s) => nameOf(s.match)))].flatMap((name) => {
    const mine = good.filter((s) => nameOf(s.match) === name);
    const [best] = mine.toSorted((a, b) => a.match.cost - b.match.cost || b.confidence - a.confidence);
    if (best === undefined || !isPlain(best, mine)) return [];
    if (pictures > 1 ? !isSeenTwice(mine) : best.match.cost > 0) return [];
    return [{ match: best.match, best, times_s: mine.map((s) => s.time_s).toSorted((a, b) => a - b) }];
  });
}
