/**
 * What is kept of a frame while its window fills: a frame itself is megabytes, and eight of them would be most of what
 * the estimate needs. What is measured depends on the frame's place in the window.
 */
import type { Frame } from '../../contract/frames';
import { letGo } from '../let-go';
import { thumb } from './cut';
import type { Thumb } from './cut';
import { FINE_SIDE, INPUT_SIDE, networkInput } from './preprocess';
import { measured } from './quality';
import type { Measures } from './quality';
import { traceCounts } from './traces';
import type { TraceCounts } from './traces';

/** Places of the frames of the input `frames`, whose traces are counted, too. */
const COARSE = [0, 2, 4, 6];
/** Places of the frames of the input `fine`. */
const FINE = [1, 5];
/** Places of the frames whose quality is measured. */
const MEASURED = [0, 4];

export interface Glance {
  time_s: number;
  /** Of the frame, in pixels. */
  side: number;
  thumb: Thumb;
  coarse: { pixels: Float32Array<ArrayBuffer>; traces: TraceCounts } | null;
  fine: Float32Array<ArrayBuffer> | null;
  measures: Measures | null;
}

/**
 * @param place in the window, 0..7
 * @param small the frame's thumbnail, where it is known
 * @throws RangeError when the frame doesn't hold side*side RGBA pixels, or is too small for its traces
 */
export function glance(frame: Frame, place: number, small = thumb(frame)): Glance {
  const { time_s, side } = frame;
  return {
    time_s,
    side,
    thumb: small,
    coarse: COARSE.includes(place) ? { pixels: networkInput(frame, INPUT_SIDE), traces: traceCounts(frame) } : null,
    fine: FINE.includes(place) ? networkInput(frame, FINE_SIDE) : null,
    measures: MEASURED.includes(place) ? measured(frame) : null,
  };
}

/** Gives its memory back. */
export function forget({ coarse, fine }: Glance): void {
  if (coarse !== null) letGo(coarse.pixels);
  if (fine !== null) letGo(fine);
}
