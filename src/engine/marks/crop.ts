/** The part of a picture around a mark, with its box drawn in: what the panel shows as the reason. */
import type { Box, Picture } from './types';

/** Around the box, in heights of it. */
const MARGIN = { across: 2, down: 1.2 };
const MAX_WIDTH = 320;
/** Seen on any picture: light on dark. */
const LINES = [
  { style: '#14171c', width: 4 },
  { style: '#ffd166', width: 2 },
];

export async function cropOf({ width, height, rgba }: Picture, box: Box): Promise<Blob> {
  const left = Math.max(0, box.x - box.height * MARGIN.across);
  const top = Math.max(0, box.y - box.height * MARGIN.down);
  const right = Math.min(width, box.x + box.width + box.height * MARGIN.across);
  const bottom = Math.min(height, box.y + box.height * (1 + MARGIN.down));
  const scale = Math.min(2, MAX_WIDTH / (right - left));
  const canvas = new OffscreenCanvas(Math.ceil((right - left) * scale), Math.ceil((bottom - top) * scale));
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no canvas');
  const whole = await createImageBitmap(new ImageData(rgba, width, height));
  context.drawImage(whole, left, top, right - left, bottom - top, 0, 0, canvas.width, canvas.height);
  whole.close();
  for (const { style, width: lineWidth } of LINES) {
    Object.assign(context, { strokeStyle: style, lineWidth });
    context.strokeRect((box.x - left) * scale, (box.y - top) * scale, box.width * scale, box.height * scale);
  }
  return await canvas.convertToBlob({ type: 'image/png' });
}
