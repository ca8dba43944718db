/**
 * Thumbnails of frames: cuts between them and change over a window.
 * `training/assay_train/checks.py` does the same; change both or none.
 */
import type { Frame } from '../../contract/frames';
import { areaResize } from './preprocess';

/**
 * Distance of two thumbnails (0..4) above which there is a cut between them. Measured: finds 98 % of the
 * changes between unrelated videos, splits 1.4 % of windows that have no cut (training/results/checks.json).
 */
export const CUT_LIMIT = 0.3;

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

/** A frame as far as cuts are concerned. */
interface Shown {
  side: number;
  thumb: Thumb;
}

/** Is there a cut between two frames that follow each other by about 0.25 s? */
export function isCut(a: Shown, b: Shown): boolean {
  return a.side !== b.side || cutDistance(a.thumb, b.thumb) > CUT_LIMIT;
}

/** Largest mean |difference| of any thumbnail to the first, 0..255. */
export function change(thumbs: readonly Thumb[]): number {
  const [first] = thumbs;
  if (first === undefined) return 0;
  return Math.max(
    ...thumbs.map((t) => t.reduce((sum, value, i) => sum + Math.abs(value - (first[i] ?? 0)), 0) / t.length),
  );
}
