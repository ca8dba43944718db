/** Work in idle slices, so that no task of ours is long. */
const SLICE_MS = 5;
const LATEST_MS = 500;

export interface Slices {
  /** Asks for a slice soon; asking again before it ran changes nothing. */
  wake(): void;
}

/**
 * @param step does a little work; answers whether there is more
 * @param signal ends it
 */
export function slices(step: () => boolean, signal: AbortSignal, sliceMs = SLICE_MS): Slices {
  let asked = false;
  const run = (): void => {
    asked = false;
    if (signal.aborted) return;
    const end = performance.now() + sliceMs;
    let more = true;
    while (more && performance.now() < end) more = step();
    if (more) wake();
  };
  const wake = (): void => {
    if (asked || signal.aborted) return;
    asked = true;
    requestIdleCallback(run, { timeout: LATEST_MS });
  };
  return { wake };
}
