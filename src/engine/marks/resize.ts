/** Parts of pictures at another scale. */
import type { Box, Picture } from './types';

/** The value of one colour at a place between pixels; beyond the border it is that of the border. */
export function valueAt({ width, height, rgba }: Picture, x: number, y: number, c: number): number {
  const [cx, cy] = [Math.min(Math.max(x, 0), width - 1), Math.min(Math.max(y, 0), height - 1)];
  const [x0, y0] = [Math.floor(cx), Math.floor(cy)];
  const [fx, fy] = [cx - x0, cy - y0];
  const at = (y0 * width + x0) * 4 + c;
  const right = x0 + 1 < width ? 4 : 0;
  const down = y0 + 1 < height ? width * 4 : 0;
  const above = (rgba[at] ?? 0) * (1 - fx) + (rgba[at + right] ?? 0) * fx;
  const below = (rgba[at + down] ?? 0) * (1 - fx) + (rgba[at + down + right] ?? 0) * fx;
  return above * (1 - fy) + below * fy;
}

/** Writes a part of a picture into another one, scaled to fill the place there. */
export function paste(from: Picture, part: Box, into: Picture, place: Box): void {
  const [sx, sy] = [part.width / place.width, part.height / place.height];
  for (let y = 0; y < place.height; y++) {
    for (let x = 0; x < place.width; x++) {
      const to = ((place.y + y) * into.width + place.x + x) * 4;
      const [px, py] = [part.x + (x + 0.5) * sx - 0.5, part.y + (y + 0.5) * sy - 0.5];
      for (let c = 0; c < 3; c++) into.rgba[to + c] = valueAt(from, px, py, c);
    }
  }
}

export const empty = (time_s: number, width: number, height: number): Picture => ({
  time_s,
  width,
  height,
  rgba: new Uint8ClampedArray(width * height * 4),
});
