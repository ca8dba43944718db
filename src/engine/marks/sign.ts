/**
 * Where the sign and the word of a mark stand together, as a small network sees it in two pictures of one scene: what
 * goes into it, and what its answer says. It is trained for Sora's cloud alone (`training/assay_train/sign_net.py`).
 */
import { greyOf, shrunk } from './grey';
import { within } from './place';
import type { Box, Picture } from './types';

/** Short side, in pixels, at which the network sees a picture; sides are multiples of `STEP`. */
const SHORT_SIDE = 240;
const STEP = 16;
/** Pixels to a cell of its answer, and the size of print of which it tells the logarithm. */
const CELL = 8;
const UNIT = 16;
/** Below this probability there is no sign. */
export const SIGN_LIMIT = 0.3;
/** The word's box in sizes of its print, from where the word starts, in the middle of its height. */
const WORD = { before: 0.2, width: 2.65, height: 1.2 };

export interface SignInput {
  data: Float32Array<ArrayBuffer>;
  width: number;
  height: number;
}

export interface SignPlace {
  /** Of the word beside the sign, in pixels of the picture. */
  box: Box;
  probability: number;
}

const scaleOf = ({ width, height }: Picture): number => SHORT_SIDE / Math.min(width, height);
const stepped = (side: number): number => Math.ceil(side / STEP) * STEP;

/** Both pictures in grey, 0..255, one after the other; what is beyond the borders is as the border. */
export function signInput(first: Picture, second: Picture): SignInput {
  const scale = scaleOf(first);
  const [w, h] = [Math.round(first.width * scale), Math.round(first.height * scale)];
  const [width, height] = [stepped(w), stepped(h)];
  const data = new Float32Array(2 * width * height);
  for (const [i, picture] of [first, second].entries()) {
    const grey = shrunk(greyOf(picture), picture, { width: w, height: h });
    for (let y = 0; y < height; y++) {
      const from = Math.min(y, h - 1) * w;
      const to = (i * height + y) * width;
      for (let x = 0; x < width; x++) data[to + x] = grey[from + Math.min(x, w - 1)] ?? 0;
    }
  }
  return { data, width, height };
}

/** Greatest of the cells around it, so that each mark counts once. */
function isPeak(map: Float32Array, columns: number, rows: number, at: number): boolean {
  const [x, y] = [at % columns, Math.floor(at / columns)];
  const mine = map[at] ?? 0;
  for (let ny = Math.max(0, y - 1); ny <= Math.min(rows - 1, y + 1); ny++) {
    for (let nx = Math.max(0, x - 1); nx <= Math.min(columns - 1, x + 1); nx++) {
      const next = ny * columns + nx;
      const other = map[next] ?? 0;
      if (other > mine || (other === mine && next < at)) return false;
    }
  }
  return true;
}

/**
 * The likeliest places, best first.
 * @param map of the network: probability, place in the cell (across, down), logarithm of size; each rows by columns
 * @param input the size of what the network saw
 */
export function signPlaces(map: Float32Array, input: { width: number; height: number }, picture: Picture): SignPlace[] {
  const [columns, rows] = [input.width / CELL, input.height / CELL];
  const cells = columns * rows;
  const scale = scaleOf(picture);
  const places: SignPlace[] = [];
  for (let at = 0; at < cells; at++) {
    const probability = map[at] ?? 0;
    if (probability < SIGN_LIMIT || !isPeak(map, columns, rows, at)) continue;
    const told = (i: number): number => map[i * cells + at] ?? 0;
    const size = (UNIT * Math.exp(told(3))) / scale;
    const x = (((at % columns) + 0.5 + told(1)) * CELL) / scale - WORD.before * size;
    const y = ((Math.floor(at / columns) + 0.5 + told(2)) * CELL) / scale - (WORD.height * size) / 2;
    const box = { x: Math.max(0, x), y: Math.max(0, y), width: WORD.width * size, height: WORD.height * size };
    const shown = within(box, picture);
    if (shown.width > box.width / 2 && shown.height > box.height / 2) places.push({ box: shown, probability });
  }
  return places.toSorted((a, b) => b.probability - a.probability);
}
