/** Whether this browser changes pixels that are read back (protection against fingerprinting). */
const SIDE = 64;

let noisy: boolean | null = null;

function measure(): boolean {
  const context = new OffscreenCanvas(SIDE, SIDE).getContext('2d', { willReadFrequently: true });
  if (context === null) return true;
  for (let x = SIDE; x--;) {
    context.fillStyle = `rgb(${x},${x},${x})`;
    context.fillRect(x, 0, 1, SIDE);
  }
  // The pixels lie in the page's world in Firefox: each look at one from here is slow, a copy of all is not.
  const read = new Uint8Array(context.getImageData(0, 0, SIDE, SIDE).data);
  return read.some((value, i) => value !== (i % 4 < 3 ? (i >> 2) % SIDE : 255));
}

/** Measured once per page, with a known pattern. */
export function hasCanvasNoise(): boolean {
  noisy ??= measure();
  return noisy;
}
