/** Watches one video: frames in, estimate out. At most five windows, or as many as are asked for, then it has seen enough. */
import { MAX_WINDOWS } from '../../contract/frames';
import type { Frame } from '../../contract/frames';
import type { Estimate } from '../../contract/label';
import { cannotTell } from '../../contract/lanes';
import type { EstimateReason } from '../../contract/reasons';
import { windowReason } from './checks';
import { scoredWindow, toEstimate } from './estimate';
import type { ScoredWindow } from './estimate';
import { forget } from './glance';
import type { Glance } from './glance';
import type { Estimator } from './model';
import { createGatherer } from './window';

/** Windows that begin nearer to each other than this are of the same stretch. */
const REPEAT_S = 1;

export interface Watcher {
  /** Takes one frame, which is let go; resolves when the window that it may complete is scored. */
  add(frame: Frame): Promise<void>;
  /** What is known now; `still-looking` before the first window. */
  estimate(): Estimate;
  /** What is known when no frame follows any more. */
  final(): Estimate;
  wantsFrames(): boolean;
}

export function createWatcher(
  network: Estimator,
  size: { width: number; height: number },
  most = MAX_WINDOWS,
): Watcher {
  const gatherer = createGatherer();
  const windows: ScoredWindow[] = [];
  const refused: EstimateReason[] = [];
  /** Windows of a stretch that was scored before: a clip that plays again says nothing new. */
  let repeated = 0;
  let latest_s = -Infinity;
  const seen = (): number => windows.length + refused.length + repeated;
  const estimate = (): Estimate => toEstimate(windows, refused, network.facts, gatherer.progress());

  const isKnown = ([first]: Glance[]): boolean =>
    windows.some(({ from_s }) => Math.abs(from_s - (first?.time_s ?? 0)) < REPEAT_S);

  const score = async (glances: Glance[]): Promise<void> => {
    if (isKnown(glances)) {
      repeated++;
      return;
    }
    const reason = windowReason(glances, size);
    if (reason !== null) {
      refused.push(reason);
      return;
    }
    windows.push(scoredWindow(glances, await network.score(glances)));
  };

  return {
    add: async (frame) => {
      if (seen() >= most) return;
      if (frame.time_s < latest_s) gatherer.clear(); // it plays again, or from elsewhere
      latest_s = frame.time_s;
      const full = gatherer.add(frame);
      if (full === null) return;
      try {
        await score(full);
      } finally {
        full.forEach(forget);
      }
    },
    estimate,
    final: () => {
      const known = estimate();
      return known.reason === 'still-looking' ? cannotTell('too-short', known.frames) : known;
    },
    wantsFrames: () => seen() < most,
  };
}
