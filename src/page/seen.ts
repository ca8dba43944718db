/**
 * Which videos are large enough and on screen. The browser tells after its own layout: asking an
 * element for its box would make it lay out the page in the middle of our task.
 */
import { isLargeEnough } from './eligible';
import { onAbort } from './on-abort';

/** After this time the rest waits for the next task: a job and a badge are begun for each video. */
const TASK_MS = 4;

export interface Seen {
  /** @param changed called when the answer for this video may be another one */
  watch(video: HTMLVideoElement, changed: () => void): void;
  /** Asks anew, for what no change of size or place tells (a transform). */
  refresh(video: HTMLVideoElement): void;
  forget(video: HTMLVideoElement): void;
  has(video: HTMLVideoElement): boolean;
}

interface Watched {
  seen: boolean;
  changed: () => void;
}

export function seenVideos(signal: AbortSignal): Seen {
  const all = new Map<Element, Watched>();
  const untold = new Set<Element>();

  const tell = (): void => {
    const until = Date.now() + TASK_MS;
    for (const video of untold) {
      untold.delete(video);
      all.get(video)?.changed();
      if (Date.now() >= until) break;
    }
    if (untold.size > 0) setTimeout(tell);
  };

  const onScreen = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting, intersectionRatio, boundingClientRect } of entries) {
      const watched = all.get(target);
      if (watched === undefined) continue;
      const seen = isIntersecting && intersectionRatio > 0 && isLargeEnough(boundingClientRect);
      if (seen === watched.seen) continue;
      watched.seen = seen;
      untold.add(target);
    }
    tell();
  });

  const refresh = (video: Element): void => {
    onScreen.unobserve(video);
    onScreen.observe(video);
  };

  // A video that grows on screen crosses no threshold.
  const sizes = new ResizeObserver((entries) => {
    for (const { target } of entries) if (all.has(target)) refresh(target);
  });

  onAbort(signal, () => {
    onScreen.disconnect();
    sizes.disconnect();
    all.clear();
  });

  return {
    watch: (video, changed) => {
      all.set(video, { seen: false, changed });
      onScreen.observe(video);
      sizes.observe(video);
    },
    refresh,
    forget: (video) => {
      all.delete(video);
      try {
        onScreen.unobserve(video);
        sizes.unobserve(video);
      } catch {
        // its frame has gone, and in Firefox all that we could touch it by
      }
    },
    has: (video) => all.get(video)?.seen === true,
  };
}
