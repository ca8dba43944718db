/**
 * Can these frames be judged at all? Pure measures of a window and their thresholds.
 * `training/assay_train/checks.py` does the same; change both or none. Luma = (299 R + 587 G + 114 B) / 1000.
 * The thresholds are measured: see `training/LOG.md` and `training/results/checks.json`.
 */
import { MIN_SHORT_SIDE } from '../../contract/frames';
import type { Frame } from '../../contract/frames';
import type { EstimateReason } from '../../contract/reasons';
import { areaResize } from './preprocess';

export const LIMITS = {
  /** Luma deviation (0..255) below which a frame is flat. */
  flat: 4,
  /** Largest change of a thumbnail (0..255) below which a window stands still. */
  still: 0.2,
  /** Strength of an 8-pixel grid above which the picture is too damaged. */
  blockiness: 1.5,
  /** Share of fine steps below which the picture is too blurred. */
  detail: 0.17,
  /** Distance of two thumbnails (0..4) above which there is a cut between them. */
  cut: 0.3,
} as const;

const THUMB_SIDE = 16;
export type Thumb = Float64Array;

/** Area average of a frame: 16*16*3 values in 0..255. */
export function thumb(frame: Frame): Thumb {
  return areaResize(frame, THUMB_SIDE);
}

function channelMeans(a: Thumb): [number, number, number] {
  const sums: [number, number, number] = [0, 0, 0];
  for (let i = 0; i < a.length; i += 3) {
    sums[0] += a[i] ?? 0;
    sums[1] += a[i + 1] ?? 0;
    sums[2] += a[i + 2] ?? 0;
  }
  const n = a.length / 3;
  return [sums[0] / n, sums[1] / n, sums[2] / n];
}

const BINS = 8;

/** Shares of 8 bins with centres 0, 256/7, ... 256; a value counts for its two neighbours by nearness. */
function histogram(a: Thumb, channel: number): Float64Array {
  const out = new Float64Array(BINS);
  const share = 3 / a.length;
  for (let i = channel; i < a.length; i += 3) {
    const at = ((a[i] ?? 0) / 256) * (BINS - 1);
    const low = Math.floor(at);
    out[low] = (out[low] ?? 0) + (1 - (at - low)) * share;
    out[low + 1] = (out[low + 1] ?? 0) + (at - low) * share;
  }
  return out;
}

function colourDistance(a: Thumb, b: Thumb): number {
  let sum = 0;
  for (let c = 0; c < 3; c++) {
    const hb = histogram(b, c);
    sum += histogram(a, c).reduce((total, value, i) => total + Math.abs(value - (hb[i] ?? 0)), 0);
  }
  return sum / 3;
}

/** Correlation of two thumbnails, each minus its channels' means; 0 when one of them is flat. */
function correlation(a: Thumb, b: Thumb): number {
  const ma = channelMeans(a);
  const mb = channelMeans(b);
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let i = 0; i < a.length; i++) {
    const c = (i % 3) as 0 | 1 | 2;
    const x = (a[i] ?? 0) - ma[c];
    const y = (b[i] ?? 0) - mb[c];
    xx += x * x;
    yy += y * y;
    xy += x * y;
  }
  const norm = Math.sqrt(xx * yy);
  return norm > 1e-6 ? xy / norm : 0;
}

/** Distance of two thumbnails, 0..4: (1 - correlation of their layout) times the difference of their colours. */
export function cutDistance(a: Thumb, b: Thumb): number {
  return (1 - correlation(a, b)) * colourDistance(a, b);
}

/** Is there a cut between two frames that follow each other by about 0.25 s? */
export function isCut(a: Frame, b: Frame): boolean {
  return a.side !== b.side || cutDistance(thumb(a), thumb(b)) > LIMITS.cut;
}

/** Largest mean |difference| of any thumbnail to the first, 0..255. */
export function change(thumbs: readonly Thumb[]): number {
  const [first] = thumbs;
  if (first === undefined) return 0;
  return Math.max(
    ...thumbs.map((t) => t.reduce((sum, value, i) => sum + Math.abs(value - (first[i] ?? 0)), 0) / t.length),
  );
}

/** Luma of a frame: side*side values in 0..255. */
export function luma({ rgba, side }: Frame): Float64Array {
  const out = new Float64Array(side * side);
  for (let i = 0; i < out.length; i++) {
    out[i] = (299 * (rgba[i * 4] ?? 0) + 587 * (rgba[i * 4 + 1] ?? 0) + 114 * (rgba[i * 4 + 2] ?? 0)) / 1000;
  }
  return out;
}

/** Standard deviation of luma. */
export function spread(y: Float64Array): number {
  let sum = 0;
  let squares = 0;
  for (const value of y) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / y.length;
  return Math.sqrt(Math.max(squares / y.length - mean * mean, 0));
}

/** Mean |step| between columns (`across` = 1) or rows (`across` = side), by position modulo 8. */
function gridPhases(y: Float64Array, side: number, across: number, along: number): number[] {
  const usable = Math.floor((side - 1) / 8) * 8;
  const sums = new Array<number>(8).fill(0);
  for (let i = 0; i < usable; i++) {
    let sum = 0;
    for (let j = 0; j < side; j++) {
      const at = i * across + j * along;
      sum += Math.abs((y[at + across] ?? 0) - (y[at] ?? 0));
    }
    sums[i & 7] = (sums[i & 7] ?? 0) + sum / side;
  }
  return sums.map((sum) => (sum * 8) / usable);
}

/** Strength of an 8-pixel grid of any phase; about 1 without a grid. The smaller of the two axes. */
export function blockiness(y: Float64Array, side: number): number {
  const ratio = (phases: number[]): number => {
    const top = Math.max(...phases);
    const others = (phases.reduce((a, b) => a + b, 0) - top) / 7;
    return top / Math.max(others, 1e-3);
  };
  return Math.min(ratio(gridPhases(y, side, 1, side)), ratio(gridPhases(y, side, side, 1)));
}

/** Share of fine steps: mean |2nd difference| over mean |difference at 4 pixels|, both axes added. */
export function detail(y: Float64Array, side: number): number {
  let fine = 0;
  let coarse = 0;
  const pixel = (at: number): number => y[at] ?? 0;
  for (let j = 0; j < side; j++) {
    for (let i = 0; i + 2 < side; i++) {
      const h = j * side + i;
      const v = i * side + j;
      fine += Math.abs(pixel(h + 2) - 2 * pixel(h + 1) + pixel(h));
      fine += Math.abs(pixel(v + 2 * side) - 2 * pixel(v + side) + pixel(v));
      if (i + 4 >= side) continue;
      coarse += Math.abs(pixel(h + 4) - pixel(h)) + Math.abs(pixel(v + 4 * side) - pixel(v));
    }
  }
  return fine / (side - 2) / Math.max(coarse / (side - 4), 1e-3 * side);
}

/**
 * Why a window can't be judged.
 * @param frames 8 frames of one shot
 * @param size of the video itself, in pixels
 * @returns null when it can
 */
export function windowReason(
  frames: readonly Frame[],
  size: { width: number; height: number },
): EstimateReason | null {
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
