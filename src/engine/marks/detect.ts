/** Where there is text: a picture to the detector's input, and its map of probabilities to boxes. */
import type { Box, Picture } from './types';

/** Sides of the input are multiples of this. */
const STEP = 32;
/** ImageNet's mean and deviation, with which the detector was trained. */
const MEAN = [0.485, 0.456, 0.406] as const;
const DEVIATION = [0.229, 0.224, 0.225] as const;
/** A pixel belongs to text from this probability on, a box counts from this mean on. */
const PIXEL_LIMIT = 0.3;
const BOX_LIMIT = 0.5;
/** The detector marks the core of a line; its box is this much of area over circumference larger (as in PaddleOCR). */
const GROW = 1.5;
const MIN_SIDE = 3;

const stepped = (side: number): number => Math.ceil(side / STEP) * STEP;

export interface DetectorInput {
  data: Float32Array<ArrayBuffer>;
  width: number;
  height: number;
}

/** The picture as it is, black to the right and below up to the next multiple. */
export function detectorInput({ width, height, rgba }: Picture): DetectorInput {
  const [w, h] = [stepped(width), stepped(height)];
  const data = new Float32Array(3 * w * h);
  for (let c = 0; c < 3; c++) {
    const scale = 1 / (255 * (DEVIATION[c] ?? 1));
    const shift = (MEAN[c] ?? 0) / (DEVIATION[c] ?? 1);
    for (let y = 0; y < height; y++) {
      let to = (c * h + y) * w;
      let from = y * width * 4 + c;
      for (let x = 0; x < width; x++, from += 4) data[to++] = (rgba[from] ?? 0) * scale - shift;
    }
  }
  return { data, width: w, height: h };
}

interface Blob {
  left: number;
  top: number;
  right: number;
  bottom: number;
  sum: number;
  count: number;
}

/** The connected pixels of a map around one of them; they are marked as seen. */
function blobAt(map: Float32Array, width: number, start: number, seen: Uint8Array): Blob {
  const blob = { left: width, top: map.length, right: -1, bottom: -1, sum: 0, count: 0 };
  const open = [start];
  seen[start] = 1;
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const x = at % width;
    const y = (at - x) / width;
    blob.left = Math.min(blob.left, x);
    blob.right = Math.max(blob.right, x);
    blob.top = Math.min(blob.top, y);
    blob.bottom = Math.max(blob.bottom, y);
    blob.sum += map[at] ?? 0;
    blob.count++;
    const near = [x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1, at - width, at + width];
    for (const next of near) {
      if (seen[next] !== 0 || !((map[next] ?? 0) > PIXEL_LIMIT)) continue;
      seen[next] = 1;
      open.push(next);
    }
  }
  return blob;
}

function grown({ left, top, right, bottom }: Blob, within: { width: number; height: number }): Box {
  const [w, h] = [right - left + 1, bottom - top + 1];
  const by = (w * h * GROW) / (2 * (w + h));
  const [x0, y0] = [Math.max(0, left - by), Math.max(0, top - by)];
  return {
    x: x0,
    y: y0,
    width: Math.min(within.width, right + 1 + by) - x0,
    height: Math.min(within.height, bottom + 1 + by) - y0,
  };
}

/**
 * Boxes of lines of text, upright.
 * @param map probabilities, row by row
 * @param width of the map
 * @param picture the size of what was looked at, which may be smaller than the map
 */
export function textBoxes(map: Float32Array, width: number, picture: { width: number; height: number }): Box[] {
  const seen = new Uint8Array(map.length);
  const boxes: Box[] = [];
  for (let at = 0; at < map.length; at++) {
    if (seen[at] !== 0 || !((map[at] ?? 0) > PIXEL_LIMIT)) continue;
    const blob = blobAt(map, width, at, seen);
    const isSmall = Math.min(blob.right - blob.left, blob.bottom - blob.top) + 1 < MIN_SIDE;
    if (isSmall || blob.sum / blob.count < BOX_LIMIT) continue;
    boxes.push(grown(blob, picture));
  }
  return boxes;
}
