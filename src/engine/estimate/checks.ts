/**
 * Can these frames be judged at all? The thresholds are measured (training/LOG.md, training/results/checks.json)
 * and the same as in `training/assay_train/checks.py`.
 */
import { MIN_SHORT_SIDE } from '../../contract/frames';
import type { EstimateReason } from '../../contract/reasons';
import { change } from './cut';
import type { Glance } from './glance';
import type { Measures } from './quality';

export const LIMITS = {
  /** Luma deviation (0..255) below which a frame is flat. */
  flat: 4,
  /** Largest change of a thumbnail (0..255) below which a window stands still. */
  still: 0.2,
  /** Strength of an 8-pixel grid above which the picture is too damaged. */
  blockiness: 1.5,
  /** Share of fine steps below which the picture is too blurred. */
  detail: 0.17,
} as const;

/**
 * Why a window can't be judged.
 * @param glances at 8 frames of one shot
 * @param size of the video itself, in pixels
 * @returns null when it can
 */
export function windowReason(
  glances: readonly Glance[],
  size: { width: number; height: number },
): EstimateReason | null {
  if (Math.min(size.width, size.height) < MIN_SHORT_SIDE) return 'too-small';
  const looked = glances.map(({ measures }) => measures).filter((measures) => measures !== null);
  const mean = (name: keyof Measures): number =>
    looked.reduce((sum, measures) => sum + measures[name], 0) / Math.max(looked.length, 1);
  if (Math.max(...looked.map(({ spread }) => spread)) < LIMITS.flat) return 'black';
  if (change(glances.map(({ thumb }) => thumb)) < LIMITS.still) return 'static';
  if (mean('blockiness') > LIMITS.blockiness || mean('detail') < LIMITS.detail) return 'low-quality';
  return null;
}
