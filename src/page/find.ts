/** Which of the videos in a frame are new. */
import type { Place } from './scout';

/**
 * @param found a video that was not known before
 * @param changed nodes came or went: known videos may have left
 * @returns takes the places to look at
 */
export function findVideos(found: (video: HTMLVideoElement) => void, changed: () => void): (places: Place[]) => void {
  const known = new WeakSet<HTMLVideoElement>();
  return (places) => {
    for (const place of places) {
      for (const video of place.querySelectorAll('video')) {
        if (known.has(video)) continue;
        known.add(video);
        found(video);
      }
    }
    changed();
  };
}
