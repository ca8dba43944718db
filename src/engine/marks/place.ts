/** Where marks stand and how large they are; a name elsewhere is a title, a subtitle or a thing in the scene. */
import type { Mark } from './table';
import type { Box, Picture } from './types';

type Size = Pick<Picture, 'width' | 'height'>;

/** Height of a line's box, which is about 1.4 times that of its letters, over the short side of the picture. */
const MIN_HEIGHT = 0.018;
const MAX_HEIGHT = 0.22;
/** Two signs are wider than high; what isn't is no part of a name, but a pattern of the scene. */
const MIN_ASPECT = 1.2;
const MAX_ASPECT = 24;
/** Of width and height: a box nearer to the border is in a corner, or at an edge. */
const CORNER = 0.14;
const EDGE = 0.2;
/** Lines this near belong together, in heights of a line. */
const BESIDE = 1.6;
const BELOW = 1;

export function isLineOfMark({ width, height }: Box, size: Size): boolean {
  const part = height / Math.min(size.width, size.height);
  return part >= MIN_HEIGHT && part <= MAX_HEIGHT && width >= height * MIN_ASPECT && width <= height * MAX_ASPECT;
}

/** Distances to the nearer border, as parts of width and height. */
function toBorder({ x, y, width, height }: Box, size: Size): { across: number; down: number } {
  return {
    across: Math.max(0, Math.min(x, size.width - x - width)) / size.width,
    down: Math.max(0, Math.min(y, size.height - y - height)) / size.height,
  };
}

/** How far a box is from a corner; for the order in which boxes are read. */
export function fromCorner(box: Box, size: Size): number {
  const { across, down } = toBorder(box, size);
  return across + down;
}

/** A mark that jumps has a sign before its word, this many heights of the line wide; no detector sees it as text. */
const SIGN = 1.8;

export function isInPlace(place: Mark['place'], box: Box, size: Size): boolean {
  const { across, down } = toBorder(box, size);
  if (place === 'any') return true;
  if (across <= CORNER && down <= CORNER) return true;
  return place === 'edge' && toBorder(withSign(box), size).across <= EDGE;
}

const withSign = (box: Box): Box => {
  const sign = Math.min(box.x, box.height * SIGN);
  return { ...box, x: box.x - sign, width: box.width + sign };
};

/** A box cut off at the right and lower borders. */
export const within = (box: Box, size: Size): Box => ({
  ...box,
  width: Math.min(box.width, size.width - box.x),
  height: Math.min(box.height, size.height - box.y),
});

const gap = (from: number, length: number, otherFrom: number, otherLength: number): number =>
  Math.max(from - (otherFrom + otherLength), otherFrom - (from + length));

/** Whether one box lies in another, but for a little. */
const isInside = (a: Box, b: Box): boolean =>
  gap(a.x + a.width / 2, 0, b.x, b.width) <= 0 && gap(a.y + a.height / 2, 0, b.y, b.height) <= 0;

/** Boxes that a reader would take for more of the same line, or for the next one. */
export function neighbours(box: Box, all: readonly Box[]): Box[] {
  return all.filter((other) => {
    if (isSamePlace(box, other) || isInside(other, box)) return false;
    const across = gap(box.x, box.width, other.x, other.width);
    const down = gap(box.y, box.height, other.y, other.height);
    return (down < -box.height / 3 && across < box.height * BESIDE) || (across < 0 && down < box.height * BELOW);
  });
}

/** Whether two boxes are the same place. */
export function isSamePlace(a: Box, b: Box): boolean {
  const near = Math.max(a.height, b.height) / 2;
  const centre = (box: Box): [number, number] => [box.x + box.width / 2, box.y + box.height / 2];
  const [[ax, ay], [bx, by]] = [centre(a), centre(b)];
  return Math.abs(ax - bx) < Math.max(a.width, b.width) / 4 + near && Math.abs(ay - by) < near;
}
