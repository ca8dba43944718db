/**
 * Can these frames be judged at all? The thresholds are measured (training/LOG.md, training/results/checks.json)
 * and the same as in `training/assay_train/checks.py`.
 */
import { MIN_SHORT_SIDE } from '../../contract/frames';
import type { Frame } from '../../contract/frames';
import type { EstimateReason } from '../../contract/reasons';
import { letGo } from '../let-go';
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
  const looked = [frames[0], frames[4]].filter((frame) => frame !== undefined).map(measured);
  const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / Math.max(values.length, 1);
  if (Math.max(...looked.map((one) => one.spread)) < LIMITS.flat) return 'black';
  if (change(frames.map(thumb)) < LIMITS.still) return 'static';
  if (mean(looked.map((one) => one.blockiness)) > LIMITS.blockiness) return 'low-quality';
  if (mean(looked.map((one) => one.detail)) < LIMITS.detail) return 'low-quality';
  return null;
}

/** The luma of one frame is megabytes: it goes before that of the next is made. */
function measured(frame: Frame): { spread: number; blockiness: number; detail: number } {
  const y = luma(frame);
  const measures = { spread: spread(y), blockiness: blockiness(y, frame.side), detail: detail(y, frame.side) };
  letGo(y);
  return measures;
}
