/** What the network takes of a window of 8 frames. `training/assay_train/inputs.py` does the same; change both or none. */
import type { Frame } from '../../contract/frames';
import { FINE_SIDE, INPUT_SIDE, networkInput } from './preprocess';
import { TRACE_COLUMNS, traces } from './traces';

/** Frames of the input `frames`, and those whose traces are counted. */
const COARSE = [0, 2, 4, 6];
/** Frames of the input `fine`. */
const FINE = [1, 5];

export interface NetworkInput {
  values: Float32Array<ArrayBuffer>;
  shape: number[];
}

/**
 * @param frames 8 frames, by time
 * @returns by the names of the model's inputs
 * @throws RangeError when a frame is too small or doesn't hold side*side RGBA pixels
 */
export function networkInputs(frames: readonly Frame[]): Record<'frames' | 'fine' | 'traces', NetworkInput> {
  const coarse = frames.filter((_, i) => COARSE.includes(i));
  return {
    frames: pixels(coarse, INPUT_SIDE),
    fine: pixels(
      frames.filter((_, i) => FINE.includes(i)),
      FINE_SIDE,
    ),
    traces: { values: traces(coarse), shape: [1, TRACE_COLUMNS] },
  };
}

const pixels = (frames: readonly Frame[], side: number): NetworkInput => ({
  values: networkInput(frames, side),
  shape: [frames.length, 3, side, side],
});
