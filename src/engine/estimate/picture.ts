/** Whole frames for the picture reader, taken of what is decoded for the estimate anyway. */
import type { VideoSample } from 'mediabunny';
import { PICTURES, pictureSize } from '../../contract/frames';
import type { PicturePacket } from '../../contract/frames';

/** Steps between the two frames of a pair, and the last step at which the first pair may begin. */
const APART = 3;
const FIRST = 2;
/** Where the second pair begins, as a part of what is looked at. */
const SECOND = 0.7;

/**
 * At which steps whole frames are taken: a pair at the start and one towards the end.
 * @param count of all steps
 */
export function pictureSteps(count: number): number[] {
  const first = Math.min(FIRST, Math.floor(count / 10));
  const second = Math.floor(count * SECOND);
  const steps = [first, first + APART, second, second + APART].map((step) => Math.min(step, count - 1));
  return [...new Set(steps)].filter((step) => step >= 0).slice(0, PICTURES);
}

/** A whole sample; null where its pixels can't be read. */
export function toPicture(sample: VideoSample, time_s: number): PicturePacket | null {
  const { width, height } = pictureSize(sample.displayWidth, sample.displayHeight);
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (context === null) return null;
  sample.draw(context, 0, 0, width, height);
  return { time_s, width, height, rgba: new Blob([context.getImageData(0, 0, width, height).data]) };
}
