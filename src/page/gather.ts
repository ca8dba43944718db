/** Many calls in a row become one, and what they ask for takes only a small part of the time. */

/** After a quiet time the work is done this soon. */
const SOON_MS = 10;
/** Otherwise it waits this long after it was done last. */
const GATHER_MS = 100;
/** It may take at most one part in this many of the time. */
const SHARE = 50;

/** @returns asks for the work soon; asking again before it ran changes nothing */
export function gathered(work: () => void): () => void {
  let waiting = false;
  let free = 0;
  const run = (): void => {
    waiting = false;
    const start = performance.now();
    work();
    const now = performance.now();
    free = now + Math.max(GATHER_MS, (now - start) * SHARE);
  };
  return () => {
    if (waiting) return;
    waiting = true;
    setTimeout(run, Math.max(SOON_MS, free - performance.now()));
  };
}
