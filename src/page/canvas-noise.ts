/** Whether this browser changes pixels that are read back (protection against fingerprinting). */
const SIDE = 64;

let noisy: boolean | null = null;

function measure(): boolean {
  const context = new OffscreenCanvas(SIDE, SIDE).getContext('2d');
  if (context === null) return true;
  const wrote = Uint8ClampedArray.from({ length: SIDE * SIDE * 4 }, (_, i) => (i % 4 === 3 ? 255 : (i * 37) % 256));
  context.putImageData(new ImageData(wrote, SIDE, SIDE), 0, 0);
  // Pixels lie in the page's world in Firefox: each look at one of them from here is slow, a copy of all is not.
  const read = new Uint8ClampedArray(context.getImageData(0, 0, SIDE, SIDE).data);
  return wrote.some((value, i) => value !== read[i]);
}

/** Measured once per page, with a known pattern. */
export function hasCanvasNoise(): boolean {
  noisy ??= measure();
  return noisy;
}
