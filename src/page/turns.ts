/**
 * Reading pixels is the dearest thing we do on a page: only some videos are looked at together, those
 * with the fewest windows first, and at most one frame is read per frame of the screen.
 */
const TOGETHER = 3;
/** A video that holds a turn and gives no frame for this long (paused, hidden) loses it. */
const STALE_MS = 1_500;
/** Two reads are at least this far apart, and on a slow machine this many times the last read's length. */
const APART_MS = 12;
const APART_TIMES = 2;

interface Turn {
  /** Last sign of life. */
  at_ms: number;
  windows: number;
}

const holders = new Map<object, Turn>();
const waiting = new Map<object, Turn>();
let next_ms = -Infinity;

function dropStale(map: Map<object, Turn>, now_ms: number): void {
  for (const [who, turn] of map) if (now_ms - turn.at_ms > STALE_MS) map.delete(who);
}

/** Whether this video may be looked at now; it is remembered as waiting if not. */
export function hasTurn(who: object, windows: number, now_ms: number): boolean {
  const held = holders.get(who);
  if (held !== undefined) {
    held.at_ms = now_ms;
    return true;
  }
  dropStale(holders, now_ms);
  dropStale(waiting, now_ms);
  waiting.delete(who);
  const first = Math.min(windows, ...[...waiting.values()].map((turn) => turn.windows));
  const isNext = holders.size < TOGETHER && windows <= first;
  (isNext ? holders : waiting).set(who, { at_ms: now_ms, windows });
  return isNext;
}

export function endTurn(who: object): void {
  holders.delete(who);
  waiting.delete(who);
}

export const mayRead = (now_ms: number): boolean => now_ms >= next_ms;

export function didRead(from_ms: number, to_ms: number): void {
  next_ms = to_ms + Math.max(APART_MS, (to_ms - from_ms) * APART_TIMES);
}
