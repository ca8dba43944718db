/**
 * A small picture: of a step of the history, or of a mark. It is drawn here, from its bytes: an image with an address would be
 * loaded by the page's rules, and the page could see it.
 */
import { h } from '../h';

/** Longest side in pixels, by the name of its class. */
const SIDES = { thumb: 96, crop: 280 };

/** Pictures that were drawn once, and stay while the panel is drawn anew. */
const drawn = new WeakMap<Blob, HTMLCanvasElement>();

async function draw(blob: Blob, canvas: HTMLCanvasElement, side: number): Promise<void> {
  try {
    const bitmap = await createImageBitmap(blob);
    const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    canvas.hidden = false;
  } catch {
    canvas.remove(); // broken: the words say all that is known
  }
}

export function pictureOf(blob: Blob, kind: keyof typeof SIDES = 'thumb'): HTMLCanvasElement {
  const known = drawn.get(blob);
  if (known !== undefined) return known;
  const canvas = h('canvas', { class: kind, 'aria-hidden': 'true' });
  canvas.hidden = true;
  drawn.set(blob, canvas);
  void draw(blob, canvas, SIDES[kind]);
  return canvas;
}
