/** Signs that stand beside a mark's word, drawn after real clips, as masks: how much of each pixel is painted. */

type Shape = (x: number, y: number) => boolean;

/** An ellipse, leaning to the left by an angle (radians). */
function ellipse(cx: number, cy: number, rx: number, ry: number, lean = 0): Shape {
  const [cos, sin] = [Math.cos(lean), Math.sin(lean)];
  return (x, y) => {
    const [dx, dy] = [x - cx, y - cy];
    return ((dx * cos + dy * sin) / rx) ** 2 + ((dy * cos - dx * sin) / ry) ** 2 <= 1;
  };
}

const anyOf =
  (shapes: readonly Shape[]): Shape =>
  (x, y) =>
    shapes.some((shape) => shape(x, y));

const LOBES = 6;
const TILT = -1.4;
const lobes = Array.from({ length: LOBES }, (_, i) => {
  const angle = TILT + (i * 2 * Math.PI) / LOBES;
  return ellipse(0.59 * Math.cos(angle), 0.59 * Math.sin(angle), 0.41, 0.41);
});
const body = anyOf([...lobes, ellipse(0, 0, 0.74, 0.74)]);
const eyes = anyOf([ellipse(-0.33, -0.02, 0.2, 0.31, -0.2), ellipse(0.27, -0.19, 0.2, 0.31, -0.2)]);
const glints = anyOf([ellipse(-0.37, -0.13, 0.1, 0.12), ellipse(0.24, -0.31, 0.1, 0.12)]);

/** Sora's cloud of six lobes, with two eyes that the scene shows through, and a glint in each; in -1..1. */
const cloud: Shape = (x, y) => glints(x, y) || (body(x, y) && !eyes(x, y));

/** By the mark's id: its sign, and how large it is beside the word, in parts of the size of the print. */
export const SIGNS: Record<string, { shape: Shape; size: number; gap: number }> = {
  sora: { shape: cloud, size: 1.26, gap: 0.49 },
};

/** Points across a pixel, in each direction. */
const FINE = 4;

/** @returns a mask of the size, 0..255, row by row, with the sign in a square of this side at the left, in the middle */
export function signMask(shape: Shape, side: number, width: number, height: number): Uint8Array {
  const mask = new Uint8Array(width * height);
  const top = Math.floor((height - side) / 2);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      let hits = 0;
      for (let i = 0; i < FINE * FINE; i++) {
        const [px, py] = [x + ((i % FINE) + 0.5) / FINE, y + (Math.floor(i / FINE) + 0.5) / FINE];
        if (shape((2 * px) / side - 1, (2 * py) / side - 1)) hits++;
      }
      mask[(top + y) * width + x] = Math.round((255 * hits) / FINE ** 2);
    }
  }
  return mask;
}
