/** Where on the screen a video is, and how much of it is not cut away by boxes around it. */
import { isShown } from './eligible';
import { boxOf, parentNodeOf, slotOf } from './past-fields';
import { HAVE_CURRENT_DATA } from './source';

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
/** In less than this no badge can be read. */
const LEAST_PX = 28;

function parentOf(node: Element): Element | null {
  const slot = slotOf(node);
  if (slot !== null) return slot;
  const parent = parentNodeOf(node);
  return parent instanceof ShadowRoot ? parent.host : parent instanceof Element ? parent : null;
}

/** Ancestors whose overflow cuts the video; asked seldom, because it reads styles. */
export function clippersOf(video: Element): Element[] {
  const clippers: Element[] = [];
  let node = parentOf(video);
  for (let i = 0; i < MAX_ANCESTORS && node !== null && node !== document.body; i++) {
    if (node === document.fullscreenElement) break;
    const { overflowX, overflowY, position } = getComputedStyle(node);
    if (overflowX !== 'visible' || overflowY !== 'visible') clippers.push(node);
    if (position === 'fixed') break;
    node = parentOf(node);
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

/**
 * What lies over a point of the video: another video's picture, or what stays in place when the page is scrolled (a
 * header, a wall), if it can't be looked through. A player's own layers go with the video; asked seldom, because it
 * reads styles.
 */
export function coverAt(video: Element, x: number, y: number): Element | undefined {
  const around = new Set<Element>();
  // `fixed` or `sticky`, itself or with something around it that the video doesn't share
  const isStuck = (node: Element | null): boolean =>
    node !== null && !around.has(node) && (/fix|sti/.test(getComputedStyle(node).position) || isStuck(parentOf(node)));
  for (let node: Element | null = video; node !== null; node = parentOf(node)) around.add(node);
  for (const layer of document.elementsFromPoint(x, y)) {
    if (around.has(layer)) break;
    if (!isShown(layer)) continue;
    if (layer instanceof HTMLVideoElement && layer.readyState >= HAVE_CURRENT_DATA) return layer;
    if (getComputedStyle(layer).backgroundColor.startsWith('rgb(') && isStuck(layer)) return layer;
  }
  return undefined;
}
