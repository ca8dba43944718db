/** The videos in a frame, wherever they are. */
import type { Place } from './scout';

/**
 * @param found a video that is there; it may be known
 * @param changed nodes came or went: known videos may have left
 * @returns takes the places to look at
 */
export function findVideos(found: (video: HTMLVideoElement) => void, changed: () => void): (places: Place[]) => void {
  return (places) => {
    for (const place of places) place.querySelectorAll('video').forEach(found);
    changed();
  };
}
