/** Pictures without colour, made smaller without patterns of their own: each pixel is the mean of those it covers. */
import type { Picture } from './types';

interface Size {
  width: number;
  height: number;
}

/** Luma of BT.601, 0..255. */
export function greyOf({ width, height, rgba }: Picture): Float32Array {
  const grey = new Float32Array(width * height);
  for (let i = 0, at = 0; i < grey.length; i++, at += 4) {
    grey[i] = 0.299 * (rgba[at] ?? 0) + 0.587 * (rgba[at + 1] ?? 0) + 0.114 * (rgba[at + 2] ?? 0);
  }
  return grey;
}

interface Taps {
  from: number;
  weights: number[];
}

/** Which pixels of a line make each pixel of a line of another length: a triangle as wide as two of the larger pixels. */
function tapsOf(from: number, to: number): Taps[] {
  const scale = from / to;
  const reach = Math.max(1, scale);
  return Array.from({ length: to }, (_, i) => {
    const centre = (i + 0.5) * scale;
    const first = Math.max(0, Math.round(centre - reach));
    const last = Math.min(from, Math.max(first + 1, Math.round(centre + reach)));
    const raw = Array.from({ length: last - first }, (__, j) =>
      Math.max(0, 1 - Math.abs(first + j + 0.5 - centre) / reach),
    );
    const sum = raw.reduce((a, b) => a + b, 0);
    return { from: first, weights: raw.map((weight) => weight / sum) };
  });
}

/** Rows of another length, written as columns: twice, and both sides are changed. */
function shrunkRows(values: Float32Array, { width, height }: Size, to: number): Float32Array {
  const out = new Float32Array(to * height);
  for (const [x, { from, weights }] of tapsOf(width, to).entries()) {
    for (let y = 0; y < height; y++) {
      let sum = 0;
      for (let j = 0; j < weights.length; j++) sum += (weights[j] ?? 0) * (values[y * width + from + j] ?? 0);
      out[x * height + y] = sum;
    }
  }
  return out;
}

export function shrunk(values: Float32Array, from: Size, to: Size): Float32Array {
  if (from.width === to.width && from.height === to.height) return values;
  const turned = shrunkRows(values, from, to.width);
  return shrunkRows(turned, { width: from.height, height: to.width }, to.height);
}
