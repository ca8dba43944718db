/**
 * Frames to network input. `training/assay_train/preprocess.py` does the same; change both or none.
 *
 * Area average: output pixel i of n covers the source interval [i*s/n, (i+1)*s/n); source pixels count
 * by the covered fraction, divided by s/n. Columns first, then rows, in float64; then x/127.5 - 1 in float32.
 */
import type { Frame } from '../../contract/frames';
import { letGo } from '../let-go';

/** Side of the network's inputs in pixels: of most frames, and of the two that it sees larger. */
export const INPUT_SIDE = 160;
export const FINE_SIDE = 224;

interface Taps {
  /** First source pixel of each output pixel. */
  first: Int32Array;
  /** Source pixels per output pixel (the last ones may weigh 0). */
  count: number;
  /** target * count weights; those of one output pixel sum to 1. */
  weights: Float64Array;
}

const known = new Map<string, Taps>();

function areaTaps(source: number, target: number): Taps {
  const key = `${String(source)}/${String(target)}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const scale = source / target;
  const count = Math.min(source, Math.ceil(scale) + 1);
  const first = new Int32Array(target);
  const weights = new Float64Array(target * count);
  for (let i = 0; i < target; i++) {
    const start = Math.min(Math.floor(i * scale), source - count);
    first[i] = start;
    for (let k = 0; k < count; k++) {
      const low = Math.max(i * scale, start + k);
      const high = Math.min((i + 1) * scale, start + k + 1);
      weights[i * count + k] = Math.max(high - low, 0) / scale;
    }
  }
  const taps = { first, count, weights };
  known.set(key, taps);
  return taps;
}

/** @throws RangeError when the frame doesn't hold side*side RGBA pixels */
function check(frame: Frame): void {
  if (!Number.isInteger(frame.side) || frame.side < 1 || frame.rgba.length !== frame.side * frame.side * 4) {
    throw new RangeError('a frame is side*side RGBA pixels');
  }
}

/** Averages along one row of pixels: target*3 values, RGB, into `row`. */
function areaRow({ side, rgba }: Frame, y: number, { first, count, weights }: Taps, row: Float64Array): void {
  for (let i = 0; i < first.length; i++) {
    let r = 0;
    let g = 0;
    let b = 0;
    let at = (y * side + (first[i] ?? 0)) * 4;
    for (let k = i * count; k < (i + 1) * count; k++, at += 4) {
      const w = weights[k] ?? 0;
      r += w * (rgba[at] ?? 0);
      g += w * (rgba[at + 1] ?? 0);
      b += w * (rgba[at + 2] ?? 0);
    }
    row[i * 3] = r;
    row[i * 3 + 1] = g;
    row[i * 3 + 2] = b;
  }
}

/**
 * Area average of a frame, without alpha.
 * @returns target*target*3 values in 0..255, row by row, RGB
 * @throws RangeError when the frame doesn't hold side*side RGBA pixels
 */
export function areaResize(frame: Frame, target: number): Float64Array<ArrayBuffer> {
  check(frame);
  const out = new Float64Array(target * target * 3);
  const taps = areaTaps(frame.side, target);
  const { first, count, weights } = taps;
  const stride = target * 3;
  const row = new Float64Array(stride);
  // Each source row goes at once to the few output rows that it counts for: all of them together would be megabytes.
  let from = 0;
  for (let y = 0; y < frame.side; y++) {
    areaRow(frame, y, taps, row);
    while ((first[from] ?? y) + count <= y) from++;
    for (let j = from; j < target && (first[j] ?? 0) <= y; j++) {
      const w = weights[j * count + y - (first[j] ?? 0)] ?? 0;
      if (w === 0) continue;
      for (let x = 0; x < stride; x++) out[j * stride + x] = (out[j * stride + x] ?? 0) + w * (row[x] ?? 0);
    }
  }
  return out;
}

/**
 * A frame as the network takes it.
 * @param target side of the input in pixels
 * @returns 3 * target * target values in -1..1 (channel, row, column)
 * @throws RangeError when the frame doesn't hold side*side RGBA pixels
 */
export function networkInput(frame: Frame, target: number): Float32Array<ArrayBuffer> {
  const plane = target * target;
  const out = new Float32Array(3 * plane);
  const small = areaResize(frame, target);
  for (let c = 0; c < 3; c++) {
    for (let p = 0; p < plane; p++) out[c * plane + p] = (small[p * 3 + c] ?? 0) / 127.5 - 1;
  }
  letGo(small);
  return out;
}
