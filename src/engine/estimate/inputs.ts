/** What the network takes of a window of 8 frames. `training/assay_train/inputs.py` does the same; change both or none. */
import type { Glance } from './glance';
import { FINE_SIDE, INPUT_SIDE } from './preprocess';
import { TRACE_COLUMNS, traces } from './traces';

export interface NetworkInput {
  values: Float32Array<ArrayBuffer>;
  shape: number[];
}

/** @param glances at 8 frames, by time */
export function networkInputs(glances: readonly Glance[]): Record<'frames' | 'fine' | 'traces', NetworkInput> {
  const coarse = glances.map((one) => one.coarse).filter((one) => one !== null);
  const fine = glances.map((one) => one.fine).filter((one) => one !== null);
  return {
    frames: joined(
      coarse.map(({ pixels }) => pixels),
      INPUT_SIDE,
    ),
    fine: joined(fine, FINE_SIDE),
    traces: { values: traces(coarse.map((one) => one.traces)), shape: [1, TRACE_COLUMNS] },
  };
}

function joined(pixels: readonly Float32Array[], side: number): NetworkInput {
  const size = 3 * side * side;
  const values = new Float32Array(pixels.length * size);
  for (const [i, one] of pixels.entries()) values.set(one, i * size);
  return { values, shape: [pixels.length, 3, side, side] };
}
