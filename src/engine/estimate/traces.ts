/**
 * Low-level traces: which residuals of brightness follow each other, at the scale of the video itself.
 * `training/assay_train/traces.py` does the same; change both or none.
 *
 * Co-occurrences as in SRM (Fridrich and Kodovsky 2012): second differences, rounded to five levels, four in a row
 * along and across their direction; a chain counts as one with its reverse and its negative. In whole numbers up to
 * the logarithm, so that they are the same everywhere.
 */
import type { Frame } from '../../contract/frames';
import { lumaAt } from './quality';

/** Side of a crop, in pixels. */
const CROP = 128;
const BINS = 5;
const CHAINS = BINS ** 4;
/** Of chains along and across, one after the other. */
export const TRACE_COLUMNS = 2 * CHAINS;
/** Half a step between levels, in thousandths of a grey level; exactly half a step goes to the even level. */
const HALF_STEP = 1000;
/** Added to every share before its logarithm is taken. */
const LEAST = 1e-5;

/** How often each chain was met. */
export interface TraceCounts {
  along: Float64Array;
  across: Float64Array;
}

/** Luma of a crop in thousandths of a grey level, row by row. */
function cropLuma({ rgba, side }: Frame, left: number, top: number): Int32Array {
  const out = new Int32Array(CROP * CROP);
  for (let y = 0; y < CROP; y++) {
    const from = (top + y) * side + left;
    for (let x = 0; x < CROP; x++) out[y * CROP + x] = lumaAt(rgba, (from + x) * 4);
  }
  return out;
}

/** A residual as one of five levels; 2 is none. */
function level(residual: number): number {
  const size = Math.abs(residual);
  if (size <= HALF_STEP) return 2;
  const steps = size < 3 * HALF_STEP ? 1 : 2;
  return residual < 0 ? 2 - steps : 2 + steps;
}

/**
 * Second differences as levels.
 * @param step from one pixel to the next in their direction
 * @returns CROP * CROP levels; those of the last two pixels in the direction stay 0 and mean nothing
 */
function levels(luma: Int32Array, step: number): Uint8Array {
  const out = new Uint8Array(luma.length);
  const [width, height] = step === 1 ? [CROP - 2, CROP] : [CROP, CROP - 2];
  for (let y = 0; y < height; y++) {
    for (let at = y * CROP; at < y * CROP + width; at++) {
      out[at] = level((luma[at + 2 * step] ?? 0) - 2 * (luma[at + step] ?? 0) + (luma[at] ?? 0));
    }
  }
  return out;
}

/** Counts the chains of four levels that lie `step` apart in a field of width x height levels. */
function countChains(found: Uint8Array, width: number, height: number, step: number, counts: Float64Array): void {
  const [columns, rows] = step === 1 ? [width - 3, height] : [width, height - 3];
  for (let y = 0; y < rows; y++) {
    for (let at = y * CROP; at < y * CROP + columns; at++) {
      const first = (found[at] ?? 0) * BINS + (found[at + step] ?? 0);
      const code = (first * BINS + (found[at + 2 * step] ?? 0)) * BINS + (found[at + 3 * step] ?? 0);
      counts[code] = (counts[code] ?? 0) + 1;
    }
  }
}

function countCrop(luma: Int32Array, { along, across }: TraceCounts): void {
  const rows = levels(luma, 1);
  countChains(rows, CROP - 2, CROP, 1, along);
  countChains(rows, CROP - 2, CROP, CROP, across);
  const columns = levels(luma, CROP);
  countChains(columns, CROP, CROP - 2, CROP, along);
  countChains(columns, CROP, CROP - 2, 1, across);
}

/** The chain read backwards. */
function reversed(code: number): number {
  let out = 0;
  for (let i = 0, rest = code; i < 4; i++, rest = Math.floor(rest / BINS)) out = out * BINS + (rest % BINS);
  return out;
}

/** Logarithms of the shares of each chain, together with its negative, its reverse and both. */
function logShares(counts: Float64Array): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const share = (code: number): number => (counts[code] ?? 0) / total;
  return Array.from(counts, (_, code) => {
    const back = reversed(code);
    const both = share(code) + share(CHAINS - 1 - code) + (share(back) + share(CHAINS - 1 - back));
    return Math.log(both + LEAST);
  });
}

/**
 * Counts the chains of a frame: in four crops, midway between the centre and the corners.
 * @throws RangeError when the frame is smaller than a crop
 */
export function traceCounts(frame: Frame): TraceCounts {
  const counts = { along: new Float64Array(CHAINS), across: new Float64Array(CHAINS) };
  const room = frame.side - CROP;
  if (room < 0) throw new RangeError(`frames have to be ${String(CROP)} pixels wide at least`);
  const low = Math.floor(room / 4);
  for (const top of [low, room - low]) {
    for (const left of [low, room - low]) countCrop(cropLuma(frame, left, top), counts);
  }
  return counts;
}

/**
 * Traces of several frames, whose chains are counted together.
 * @returns TRACE_COLUMNS values
 */
export function traces(frames: readonly TraceCounts[]): Float32Array<ArrayBuffer> {
  const sum = (part: keyof TraceCounts): Float64Array =>
    Float64Array.from({ length: CHAINS }, (_, code) =>
      frames.reduce((total, counts) => total + (counts[part][code] ?? 0), 0),
    );
  return Float32Array.from([...logShares(sum('along')), ...logShares(sum('across'))]);
}
