/**
 * Measures of one frame's luma, (299 R + 587 G + 114 B) / 1000.
 * `training/assay_train/checks.py` does the same; change both or none.
 */
import type { Frame } from '../../contract/frames';
import { letGo } from '../let-go';

export interface Measures {
  spread: number;
  blockiness: number;
  detail: number;
}

/** Luma of the pixel whose four bytes begin at `at`, in thousandths of a grey level: a whole number. */
export function lumaAt(rgba: Uint8ClampedArray, at: number): number {
  return 299 * (rgba[at] ?? 0) + 587 * (rgba[at + 1] ?? 0) + 114 * (rgba[at + 2] ?? 0);
}

/** Luma of a frame: side*side values in 0..255. */
export function luma({ rgba, side }: Frame): Float64Array<ArrayBuffer> {
  const out = new Float64Array(side * side);
  for (let i = 0; i < out.length; i++) out[i] = lumaAt(rgba, i * 4) / 1000;
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
  const sums = Array.from({ length: 8 }, () => 0);
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

/** All three of a frame. */
export function measured(frame: Frame): Measures {
  const y = luma(frame);
  const measures = { spread: spread(y), blockiness: blockiness(y, frame.side), detail: detail(y, frame.side) };
  letGo(y);
  return measures;
}
