/** Whether this browser changes pixels that are read back (protection against fingerprinting). */
const SIDE = 64;

let noisy: boolean | null = null;

function measure(): boolean {
  const context = new OffscreenCanvas(SIDE, SIDE).getContext('2d');
  if (context === null) return true;
  const wrote = new Uint8ClampedArray(SIDE * SIDE * 4).map((_, i) => (i % 4 < 3 ? (i * 7) % 256 : 255));
  context.putImageData(new ImageData(wrote, SIDE), 0, 0);
  // Pixels lie in the page's world in Firefox: each look at one of them from here is slow, a copy of all is not.
  const read = new Uint8Array(context.getImageData(0, 0, SIDE, SIDE).data);
  return wrote.some((value, i) => value !== read[i]);
}

/** Measured once per page, with a known pattern. */
export function hasCanvasNoise(): boolean {
  noisy ??= measure();
  return noisy;
}
