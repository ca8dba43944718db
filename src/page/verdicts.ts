/** Tells the background which verdicts this frame's videos have, for the toolbar. */
import type { Verdict } from '../contract/label';
import { send } from '../platform/messaging';
import { onAbort } from './on-abort';
import type { TrackedVideo } from './tracked';

const GATHER_MS = 100;

/** @param frame name that this frame gave itself */
export function verdictNews(frame: string, videos: () => TrackedVideo[], signal: AbortSignal): { changed(): void } {
  let told = '';
  let timer: ReturnType<typeof setTimeout> | undefined;

  const tell = (verdicts: Verdict[]): void => {
    timer = undefined;
    const now = verdicts.join();
    if (now === told) return;
    told = now;
    void send('tab.verdicts', { frame, verdicts });
  };

  onAbort(signal, () => {
    clearTimeout(timer);
    tell([]);
  });
  return {
    changed: () => {
      if (signal.aborted) return;
      timer ??= setTimeout(() => {
        tell(videos().flatMap(({ label }) => (label === null ? [] : [label.verdict])));
      }, GATHER_MS);
    },
  };
}
