/**
 * Frames from a formula, the same in every language and browser (integers only): input of the
 * start-up self-test and of the golden tests. `training/assay_train/golden.py` does the same.
 */
import { FRAME_STEP_S, WINDOW_FRAMES } from '../../contract/frames';
import type { Frame } from '../../contract/frames';

/** 0..255..0 with a period of 512. */
function wave(n: number): number {
  const at = n & 511;
  return at < 256 ? at : 511 - at;
}

/** A scrambled byte of a cell. */
function cell(x: number, y: number, seed: number): number {
  let h = (Math.imul(x, 374761393) + Math.imul(y, 668265263) + Math.imul(seed, 2246822519)) | 0;
  h = Math.imul(h ^ (h >>> 13), 1274126177);
  return (h ^ (h >>> 16)) & 255;
}

/**
 * Frame `t` (0..7) of a set: drifting waves, cells of 5 pixels, and a disc that moves.
 * @param seed any small integer
 * @param side in pixels
 */
function goldenFrame(seed: number, side: number, t: number): Frame {
  const rgba = new Uint8ClampedArray(side * side * 4);
  const cx = 40 + t * (5 + seed);
  const cy = (side >> 1) - t * 3;
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const at = (y * side + x) * 4;
      const block = cell(Math.floor(x / 5), Math.floor(y / 5), seed) >> 3;
      const disc = (x - cx) * (x - cx) + (y - cy) * (y - cy) < 900 ? 60 : 0;
      rgba[at] = (wave(x * (1 + seed) + t * 9) >> 1) + block + disc;
      rgba[at + 1] = (wave(y * 2 + x + t * 5) >> 1) + block;
      rgba[at + 2] = (wave(y * (3 + seed) - x) >> 1) + (block >> 1) + disc;
      rgba[at + 3] = 255;
    }
  }
  return { time_s: t * FRAME_STEP_S, side, rgba };
}

/** The 8 frames of a golden set. */
export function goldenFrames(seed: number, side: number): Frame[] {
  return Array.from({ length: WINDOW_FRAMES }, (_, t) => goldenFrame(seed, side, t));
}
