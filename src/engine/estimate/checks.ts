/**
 * Can these frames be judged at all? The thresholds are measured (training/LOG.md, training/results/checks.json)
 * and the same as in `training/assay_train/checks.py`.
 */
import { MIN_SHORT_SIDE } from '../../contract/frames';
import type { Frame } from '../../contract/frames';
import type { EstimateReason } from '../../contract/reasons';
import { change, thumb } from './cut';
import { blockiness, detail, luma, spread } from './quality';

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
 * @param frames 8 frames of one shot
 * @param size of the video itself, in pixels
 * @returns null when it can
 */
export function windowReason(frames: readonly Frame[], size: { width: number; height: number }): EstimateReason | null {
  if (Math.min(size.width, size.height) < MIN_SHORT_SIDE) return 'too-small';
  const looked = [frames[0], frames[4]].filter((frame) => frame !== undefined);
  const lumas = looked.map((frame) => ({ y: luma(frame), side: frame.side }));
  const mean = (measure: (y: Float64Array, side: number) => number): number =>
    lumas.reduce((sum, { y, side }) => sum + measure(y, side), 0) / Math.max(lumas.length, 1);
  if (Math.max(...lumas.map(({ y }) => spread(y))) < LIMITS.flat) return 'black';
  if (change(frames.map(thumb)) < LIMITS.still) return 'static';
  if (mean(blockiness) > LIMITS.blockiness || mean(detail) < LIMITS.detail) return 'low-quality';
  return null;
}
