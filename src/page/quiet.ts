/** The badge's words give way to its shapes after some seconds of playing, and come back with news. */
import { onTrusted } from './on-trusted';

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
  onTrusted(video, 'playing pause ended', listening.signal, wake);
  wake();
  return {
    wake,
    stop: () => {
      listening.abort();
      clearTimeout(timer);
    },
  };
}
