/**
 * What the detector is shown of a picture: the whole at a size at which it is quick, or the four corners, where most
 * marks stand, side by side and half as large again. Both cost the same.
 */
import { empty, paste } from './resize';
import type { Box, Picture } from './types';

/** Long side of the whole, in pixels. */
const WHOLE_SIDE = 640;
/** Corners are shown as if the long side were this. */
const CORNER_SIDE = 960;
const TILE = { width: 320, height: 176 };
/** A box that ends this near to where a corner was cut off may be part of a longer line. */
const CUT_PX = 4;

export interface View {
  picture: Picture;
  /** From a box in the view to one in the picture; null where what it shows is not whole. */
  toPicture(box: Box): Box | null;
}

export function wholeView(picture: Picture): View {
  const scale = WHOLE_SIDE / Math.max(picture.width, picture.height);
  const [width, height] = [Math.round(picture.width * scale), Math.round(picture.height * scale)];
  const small = empty(picture.time_s, width, height);
  paste(picture, { x: 0, y: 0, ...sizeOf(picture) }, small, { x: 0, y: 0, width, height });
  return { picture: small, toPicture: (box) => scaled(box, 1 / scale, 0, 0) };
}

const sizeOf = ({ width, height }: { width: number; height: number }) => ({ width, height });

const scaled = (box: Box, by: number, x: number, y: number): Box => ({
  x: x + box.x * by,
  y: y + box.y * by,
  width: box.width * by,
  height: box.height * by,
});

interface Tile {
  /** Where it lies in the picture. */
  part: Box;
  /** Where it is shown. */
  place: Box;
}

function tilesOf(picture: Picture, scale: number): Tile[] {
  const width = Math.min(TILE.width, Math.floor((picture.width * scale) / 2));
  const height = Math.min(TILE.height, Math.floor((picture.height * scale) / 2));
  return [0, 1, 2, 3].map((i) => {
    const [right, below] = [i % 2, i >> 1];
    const size = { width: width / scale, height: height / scale };
    const part = { x: right * (picture.width - size.width), y: below * (picture.height - size.height), ...size };
    return { part, place: { x: right * width, y: below * height, width, height } };
  });
}

export function cornersView(picture: Picture): View {
  const scale = CORNER_SIDE / Math.max(picture.width, picture.height);
  const tiles = tilesOf(picture, scale);
  const { width, height } = tiles[0]?.place ?? TILE;
  const shown = empty(picture.time_s, width * 2, height * 2);
  for (const { part, place } of tiles) paste(picture, part, shown, place);
  return {
    picture: shown,
    toPicture: (box) => {
      const [cutX, cutY] = [width, height];
      const crossesX = box.x < cutX + CUT_PX && box.x + box.width > cutX - CUT_PX;
      const crossesY = box.y < cutY + CUT_PX && box.y + box.height > cutY - CUT_PX;
      if (crossesX || crossesY) return null;
      const tile = tiles[(box.x > cutX ? 1 : 0) + (box.y > cutY ? 2 : 0)];
      if (tile === undefined) return null;
      const { part, place } = tile;
      return scaled({ ...box, x: box.x - place.x, y: box.y - place.y }, 1 / scale, part.x, part.y);
    },
  };
}
