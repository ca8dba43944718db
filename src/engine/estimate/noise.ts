/**
 * Does a canvas give back what was put in? Browsers that resist fingerprinting add noise on reading.
 * Opaque pixels survive `putImageData` and `getImageData` on one canvas exactly, so any other byte is noise.
 */

/** Side of the probe in pixels. */
export const PROBE_SIDE = 32;

/** The known pattern: 32*32 opaque RGBA pixels in which every value of a byte occurs. */
export function probePattern(): Uint8ClampedArray<ArrayBuffer> {
  const out = new Uint8ClampedArray(PROBE_SIDE * PROBE_SIDE * 4);
  for (let i = 0; i < PROBE_SIDE * PROBE_SIDE; i++) {
    out[i * 4] = (i * 7) & 255;
    out[i * 4 + 1] = (i * 29 + 101) & 255;
    out[i * 4 + 2] = (i * 151 + (i >> 5)) & 255;
    out[i * 4 + 3] = 255;
  }
  return out;
}

/**
 * True when what was read differs from `probePattern()`: answer `canvas-noise`.
 * @param read the same 32*32 RGBA pixels after `putImageData` and `getImageData`
 */
export function isNoisy(read: ArrayLike<number>): boolean {
  const wanted = probePattern();
  return read.length !== wanted.length || wanted.some((value, i) => read[i] !== value);
}
