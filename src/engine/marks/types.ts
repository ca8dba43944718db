/** What the parts of the picture reader hand to each other. */

/** A whole frame, at most `MAX_PICTURE_SIDE` pixels on its long side: RGBA, row by row, 8 bit. */
export interface Picture {
  time_s: number;
  width: number;
  height: number;
  rgba: Uint8ClampedArray<ArrayBuffer>;
}

/** A box in pixels of a picture; it may have fractions. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What was read in one box of one picture. */
export interface Reading {
  time_s: number;
  box: Box;
  text: string;
  /** Mean probability of the signs, 0..1. */
  confidence: number;
}
