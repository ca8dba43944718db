/** Many calls in a row become one, and what they ask for takes only a small part of the time. */

/** Calls are gathered for this long. */
const GATHER_MS = 100;
/** The work may take at most one part in this many of the time. */
const SHARE = 50;

/** @returns asks for the work soon; asking again before it ran changes nothing */
export function gathered(work: () => void): () => void {
  let waiting = false;
  let delay = GATHER_MS;
  const run = (): void => {
    waiting = false;
    const start = performance.now();
    work();
    delay = Math.max(GATHER_MS, (performance.now() - start) * SHARE);
  };
  return () => {
    if (waiting) return;
    waiting = true;
    setTimeout(run, delay);
  };
}
