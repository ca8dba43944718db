/** What a line of text says: a box of a picture to the recogniser's input, and its answer to a text. */
import { valueAt } from './resize';
import type { Box, Picture } from './types';

/** Height of the recogniser's input. */
export const LINE_HEIGHT = 48;
const STEP = 32;
/** Longer lines are read squeezed; no mark is that long. */
const MAX_WIDTH = 640;

export interface LineInput {
  data: Float32Array<ArrayBuffer>;
  width: number;
}

/** A box at a height of 48 pixels, in -1..1, with grey to the right up to the next multiple of 32. */
export function lineInput(picture: Picture, box: Box): LineInput {
  const line = Math.min(MAX_WIDTH, Math.max(8, Math.round((LINE_HEIGHT * box.width) / box.height)));
  const width = Math.ceil(line / STEP) * STEP;
  const data = new Float32Array(3 * LINE_HEIGHT * width);
  for (let c = 0; c < 3; c++) {
    for (let y = 0; y < LINE_HEIGHT; y++) {
      const from = box.y + ((y + 0.5) * box.height) / LINE_HEIGHT - 0.5;
      for (let x = 0; x < line; x++) {
        const value = valueAt(picture, box.x + ((x + 0.5) * box.width) / line - 0.5, from, c);
        data[(c * LINE_HEIGHT + y) * width + x] = value / 127.5 - 1;
      }
    }
  }
  return { data, width };
}

/**
 * The likeliest sign of each column; repeated ones count once, and class 0 stands between signs.
 * @param probabilities of each class in each column
 * @param signs those of class 1, 2, ...
 */
export function greedyText(
  probabilities: Float32Array,
  signs: readonly string[],
): { text: string; confidence: number } {
  const classes = signs.length + 1;
  let [text, sum, count, before] = ['', 0, 0, 0];
  for (let from = 0; from + classes <= probabilities.length; from += classes) {
    let best = 0;
    for (let i = 1; i < classes; i++) {
      if ((probabilities[from + i] ?? 0) > (probabilities[from + best] ?? 0)) best = i;
    }
    if (best !== 0 && best !== before) {
      text += signs[best - 1] ?? '';
      sum += probabilities[from + best] ?? 0;
      count++;
    }
    before = best;
  }
  return { text, confidence: count === 0 ? 0 : sum / count };
}
