/** Runs once the signal ends; every content script carries this line many times over otherwise. */
export function onAbort(signal: AbortSignal, run: () => void): void {
  signal.addEventListener('abort', run);
}
