/** Whether this browser changes pixels that are read back (protection against fingerprinting). */
const SIDE = 64;

let noisy: boolean | null = null;

function measure(): boolean {
  const context = new OffscreenCanvas(SIDE, SIDE).getContext('2d');
  if (context === null) return true;
  const wrote = context.createImageData(SIDE, SIDE);
  for (let i = 0; i < wrote.data.length; i++) wrote.data[i] = i % 4 === 3 ? 255 : (i * 37) % 256;
  context.putImageData(wrote, 0, 0);
  const read = context.getImageData(0, 0, SIDE, SIDE).data;
  return wrote.data.some((value, i) => value !== read[i]);
}

/** Measured once per page, with a known pattern. */
export function hasCanvasNoise(): boolean {
  noisy ??= measure();
  return noisy;
}
