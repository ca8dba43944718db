/** From scored windows to the estimate of a video. Pure. */
import { FRAME_STEP_S, WINDOW_FRAMES } from '../../contract/frames';
import type { Frame } from '../../contract/frames';
import { cannotTell } from '../../contract/lanes';
import type { Band, Estimate } from '../../contract/label';
import type { EstimateReason } from '../../contract/reasons';
import type { ModelFacts } from './facts';
import { logit, sigmoid } from './logistic';
import type { WindowScore } from './model';

export interface ScoredWindow extends Pick<WindowScore, 'raw' | 'cues'>, Partial<Pick<WindowScore, 'map'>> {
  from_s: number;
  to_s: number;
}

/** A window's score with the time that it stands for: from its first frame to one step after its last. */
export function scoredWindow(frames: readonly Pick<Frame, 'time_s'>[], { raw, cues, map }: WindowScore): ScoredWindow {
  return { raw, cues, map, from_s: frames[0]?.time_s ?? 0, to_s: (frames.at(-1)?.time_s ?? 0) + FRAME_STEP_S };
}

/** What estimate needs of the model. */
export type BandFacts = Pick<ModelFacts, 'id' | 'sha256' | 'thresholds' | 'disagree_logit'>;

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const round = (value: number, digits: number): number => Number(value.toFixed(digits));

/** Band of a score; thresholds are lower ends. */
export function bandOf(score: number, { strong, some }: ModelFacts['thresholds']): Band {
  if (score >= strong) return 'strong';
  return score >= some ? 'some' : 'few';
}

function disagree(windows: readonly ScoredWindow[], limit: number): boolean {
  if (windows.length < 2) return false;
  const centre = mean(windows.map((w) => w.raw));
  const squares = windows.reduce((sum, w) => sum + (w.raw - centre) ** 2, 0);
  return Math.sqrt(squares / (windows.length - 1)) > limit;
}

/** Seconds that lie in at least one window. */
function coverage(windows: readonly ScoredWindow[]): number {
  let end = -Infinity;
  let sum = 0;
  for (const w of windows.toSorted((a, b) => a.from_s - b.from_s)) {
    sum += Math.max(0, w.to_s - Math.max(w.from_s, end));
    end = Math.max(end, w.to_s);
  }
  return round(sum, 3);
}

function meanCues(windows: readonly ScoredWindow[]): Estimate['cues'] {
  return (windows[0]?.cues ?? []).map(({ cue, weight }, i) => ({
    cue,
    score: round(sigmoid(mean(windows.map((w) => logit(w.cues[i]?.score ?? 0.5)))), 4),
    weight: round(weight, 4),
  }));
}

/** What each cell of the picture added to the logit, averaged over the windows; null when one has no map. */
function meanMap(windows: readonly ScoredWindow[]): Estimate['map'] {
  const maps = windows.map((w) => w.map).filter((map) => map !== undefined);
  if (maps.length < windows.length) return null;
  return (maps[0] ?? []).map((row, y) => row.map((_, x) => round(mean(maps.map((map) => map[y]?.[x] ?? 0)), 4)));
}

/** The reason that most windows gave; of equals, the one met first. */
function commonest(reasons: readonly EstimateReason[]): EstimateReason | null {
  const count = (r: EstimateReason): number => reasons.filter((other) => other === r).length;
  return reasons.reduce<EstimateReason | null>((best, r) => (best === null || count(r) > count(best) ? r : best), null);
}

/**
 * The estimate of a video: mean logit over its windows.
 * @param windows scored windows, in any order
 * @param refused reasons of the windows that could not be judged
 * @param progress frames so far of the window that is being filled
 * @returns `cannot-tell` with the commonest reason (else `still-looking`) when no window was scored, and with
 *   `cues-disagree`, windows and score shown but no band, when windows contradict each other
 */
export function toEstimate(
  windows: readonly ScoredWindow[],
  refused: readonly EstimateReason[],
  facts: BandFacts,
  progress: [number, number] = [0, WINDOW_FRAMES],
): Estimate {
  if (windows.length === 0) return cannotTell(commonest(refused) ?? 'still-looking', progress);
  const score = sigmoid(mean(windows.map((w) => w.raw)));
  const disagreeing = disagree(windows, facts.disagree_logit);
  return {
    state: disagreeing ? 'cannot-tell' : 'answered',
    score: disagreeing ? null : round(score, 4),
    band: disagreeing ? null : bandOf(score, facts.thresholds),
    reason: disagreeing ? 'cues-disagree' : null,
    coverage_s: coverage(windows),
    frames: progress,
    windows: windows
      .map(({ from_s, to_s, raw }) => ({
        from_s: round(from_s, 3),
        to_s: round(to_s, 3),
        score: round(sigmoid(raw), 4),
      }))
      .toSorted((a, b) => a.from_s - b.from_s),
    cues: meanCues(windows),
    map: meanMap(windows),
    model: { id: facts.id, sha256: facts.sha256 },
  };
}
