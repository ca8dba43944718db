/**
 * What the detector is shown of a picture: the whole at a size at which it is quick, or its left and right side, where
 * marks stand, beside each other and up to half as large again.
 */
import { empty, paste } from './resize';
import type { Box, Picture } from './types';

/** Long side of the whole, in pixels. */
const WHOLE_SIDE = 640;
/** Sides are shown as if the long side were this, or smaller where both together had more pixels than `SIDES_AREA`. */
const SIDES_SIDE = 960;
const SIDES_AREA = 350_000;
/** Of one side, in pixels as it is shown. */
const SIDE_WIDTH = 320;
/** A box that ends this near to where a side was cut off may be part of a longer line. */
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

/** What is shown of a side: its size in the view, and how much larger it is there. */
function sideOf({ width, height }: Picture): { width: number; height: number; scale: number } {
  const full = SIDES_SIDE / Math.max(width, height);
  const at = (scale: number) => ({
    width: Math.min(SIDE_WIDTH, Math.floor((width * scale) / 2)),
    height: Math.floor(height * scale),
    scale,
  });
  const area = 2 * at(full).width * at(full).height;
  return at(area > SIDES_AREA ? full * Math.sqrt(SIDES_AREA / area) : full);
}

/** The darker of two pictures, point by point: what is bright and stays, as most marks do, stands out from what moves. */
export function darker(first: Picture, second: Picture): Picture {
  const other = second.rgba;
  return { ...first, rgba: first.rgba.map((value, i) => Math.min(value, other[i] ?? value)) };
}

export function sidesView(picture: Picture): View {
  const { width, height, scale } = sideOf(picture);
  const shown = empty(picture.time_s, width * 2, height);
  const part = { width: width / scale, height: height / scale };
  const lefts = [0, picture.width - part.width];
  for (const [i, x] of lefts.entries()) {
    paste(picture, { x, y: 0, ...part }, shown, { x: i * width, y: 0, width, height });
  }
  return {
    picture: shown,
    toPicture: (box) => {
      if (box.x < width + CUT_PX && box.x + box.width > width - CUT_PX) return null;
      const right = box.x > width ? 1 : 0;
      return scaled({ ...box, x: box.x - right * width }, 1 / scale, lefts[right] ?? 0, 0);
    },
  };
}
