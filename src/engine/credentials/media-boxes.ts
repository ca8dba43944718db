/** Where media may lie. */
import type { Box } from '../bytes/boxes';

/** Whether a stretch of a file lies in one of the boxes. A file can have a hundred thousand of each. */
export type HoldsStretch = (start: number, end: number) => boolean;

/** @param media boxes, one behind the other */
export function mediaIn(media: readonly Box[]): HoldsStretch {
  return (start, end) => {
    let low = 0;
    for (let high = media.length; low < high;) {
      const middle = (low + high) >> 1;
      if ((media[middle]?.body ?? 0) <= start) low = middle + 1;
      else high = middle;
    }
    return end <= (media[low - 1]?.end ?? -1); // the last that begins before
  };
}
