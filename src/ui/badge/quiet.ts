/** The badge's words give way to its shapes after some seconds of playing, and come back with news. */
const QUIET_AFTER_MS = 4_000;

export interface Quiet {
  /** Something changed: the words come back. */
  wake(): void;
  stop(): void;
}

export function quietWhilePlaying(video: HTMLVideoElement, set: (quiet: boolean) => void): Quiet {
  const listening = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wake = (): void => {
    clearTimeout(timer);
    set(false);
    if (!video.paused)
      timer = setTimeout(() => {
        set(true);
      }, QUIET_AFTER_MS);
  };
  for (const name of ['playing', 'pause', 'ended']) video.addEventListener(name, wake, { signal: listening.signal });
  wake();
  return {
    wake,
    stop: () => {
      listening.abort();
      clearTimeout(timer);
    },
  };
}
