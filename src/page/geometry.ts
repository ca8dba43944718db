/** Where on the screen a video is, and how much of it is not cut away by boxes around it. */
import { boxOf, parentNodeOf, slotOf } from './past-fields';

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

/** In less than this no badge can be read. */
const LEAST_PX = 28;

/** What an element is shown in, also across shadow roots. */
export function parentOf(node: Element): Element | null {
  const slot = slotOf(node);
  if (slot !== null) return slot;
  const parent = parentNodeOf(node);
  return parent instanceof ShadowRoot ? parent.host : parent instanceof Element ? parent : null;
}

/** Ancestors that cut what juts out of them (`contain`: paint, content, strict); asked seldom, because it reads styles. */
export function clippersOf(video: Element): Element[] {
  const clippers: Element[] = [];
  for (let node = parentOf(video); node !== null && node !== document.body; node = parentOf(node)) {
    if (node === document.fullscreenElement) break;
    const { overflowX, overflowY, contain, position } = getComputedStyle(node);
    if (overflowX !== 'visible' || overflowY !== 'visible' || /nt|ri/.test(contain)) clippers.push(node);
    if (position === 'fixed') break;
  }
  return clippers;
}

/** What is left of the video's box; null when it is nothing, or too little for a badge. */
export function visibleRect(video: Element, clippers: readonly Element[], cover?: Element | null): Rect | null {
  let rect = intersect(boxOf(video), { left: 0, top: 0, right: innerWidth, bottom: innerHeight });
  for (const clipper of clippers) rect &&= intersect(rect, boxOf(clipper));
  if (!rect || Math.min(rect.right - rect.left, rect.bottom - rect.top) < LEAST_PX) return null;
  return cover ? beside(rect, boxOf(cover)) : rect;
}

/** Badges take no more of a box's height. */
const BADGE_PX = 72;

/**
 * Boxes of videos that lie over one another give way, so that no badge hides another one's words: whose picture is
 * seen can't always be told. Where there is no room for all their badges, there is none.
 * @param fromTop badges are at the top
 */
export function apart(rects: readonly (Rect | null)[], fromTop: boolean): (Rect | null)[] {
  const places: (Rect | null)[] = [];
  const crowded: Rect[] = [];
  const side = fromTop ? 'top' : 'bottom';
  const unlessCrowded = (rect: Rect | null): Rect | null =>
    rect && crowded.every((full) => intersect(full, rect) === null) ? rect : null;
  for (const rect of rects) {
    let place = unlessCrowded(rect);
    const isTaken = (other: Rect | null): boolean => {
      const shared = place && other && Math.abs(place[side] - other[side]) < BADGE_PX && intersect(place, other);
      return shared ? shared.right - shared.left > LEAST_PX : false; // less is a rounded edge
    };
    for (let other; rect && place && (other = places.find(isTaken));) {
      place = { ...place, [side]: other[side] + (fromTop ? BADGE_PX : -BADGE_PX) };
      if (place.bottom - place.top >= LEAST_PX) continue;
      crowded.push(rect);
      place = null;
    }
    places.push(place);
  }
  return places.map(unlessCrowded);
}

/** What is left of a rectangle above or below another one that lies over it; null when that is of no use. */
export function beside(rect: Rect, over: Rect): Rect | null {
  if (intersect(rect, over) === null) return rect;
  const below = over.bottom - rect.top < rect.bottom - over.top;
  const part = { ...rect, ...(below ? { top: over.bottom } : { bottom: over.top }) };
  return part.bottom - part.top < LEAST_PX ? null : part;
}
