/** Where on the screen a video is, and how much of it is not cut away by boxes around it. */
export interface Rect {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The part that two rectangles share; null when they don't. */
export function intersect(a: Rect, b: Rect): Rect | null {
  const left = Math.max(a.left, b.left);
  const top = Math.max(a.top, b.top);
  const right = Math.min(a.right, b.right);
  const bottom = Math.min(a.bottom, b.bottom);
  return right - left > 0 && bottom - top > 0 ? { left, top, right, bottom } : null;
}

const MAX_ANCESTORS = 40;

function parentOf(node: Element): Element | null {
  if (node.assignedSlot !== null) return node.assignedSlot;
  const parent = node.parentNode;
  return parent instanceof ShadowRoot ? parent.host : parent instanceof Element ? parent : null;
}

/** Ancestors whose overflow cuts the video; asked seldom, because it reads styles. */
export function clippersOf(video: Element): Element[] {
  const clippers: Element[] = [];
  let node = parentOf(video);
  for (
    let i = 0;
    i < MAX_ANCESTORS && node !== null && node !== document.body && node !== document.documentElement;
    i++
  ) {
    if (node === document.fullscreenElement) break;
    const { overflowX, overflowY, position } = getComputedStyle(node);
    if (overflowX !== 'visible' || overflowY !== 'visible') clippers.push(node);
    if (position === 'fixed') break;
    node = parentOf(node);
  }
  return clippers;
}

/** What is left of the video's box; null when nothing is. */
export function visibleRect(video: Element, clippers: readonly Element[]): Rect | null {
  let rect: Rect | null = video.getBoundingClientRect();
  for (const clipper of clippers) {
    if (rect === null) return null;
    rect = intersect(rect, clipper.getBoundingClientRect());
  }
  return rect === null ? null : intersect(rect, { left: 0, top: 0, right: innerWidth, bottom: innerHeight });
}
