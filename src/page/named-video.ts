/** The video that a context menu was opened on: browsers tell only what it plays. */
import { shadowRootOf } from '../platform/api';

function* videosIn(root: Document | ShadowRoot): Generator<HTMLVideoElement> {
  for (const element of root.querySelectorAll('*')) {
    if (element instanceof HTMLVideoElement) yield element;
    const inner = shadowRootOf(element);
    if (inner !== null) yield* videosIn(inner);
  }
}

function isOnScreen(video: HTMLVideoElement): boolean {
  const { top, left, bottom, right } = video.getBoundingClientRect();
  return bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;
}

/** @param src address that it plays; '' for a stream without one */
export function namedVideo(src: string): HTMLVideoElement | null {
  const all = [...videosIn(document)];
  const same = all.filter((video) => video.currentSrc === src);
  const candidates = same.length > 0 ? same : all; // what it plays may have changed meanwhile
  return candidates.find((v) => v.matches(':hover')) ?? candidates.find(isOnScreen) ?? candidates[0] ?? null;
}
