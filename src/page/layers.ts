/** What lies over a video, and whether the video beneath can still be seen. */
import { shadowRootOf } from '../platform/api';
import { isShown } from './eligible';
import { parentOf } from './geometry';
import { HAVE_CURRENT_DATA } from './source';

/** By these a box can be looked through. */
const THROUGH = ['opacity', 'filter', 'mask-image', '-webkit-mask-box-image-source', 'mix-blend-mode'];
/** By these parts of a box are taken away, or turned out of their place: no pointer meets it there. */
const CUT = ['clip', 'clip-path', 'transform', 'rotate', 'border-radius', 'offset-path'];
/** By these, where they are not as usual, a box stays in place when the page is scrolled. */
const STUCK = ['position'];
/** Beginnings of values that change nothing (none, normal, auto, absolute); who doesn't know a property gives none. */
const USUAL = /^($|0px$|1$|no|a|sta|rel)/;

/**
 * Whether an element has one of these in its style, or what is around it has. As deep as a page may nest.
 * @param shared with another element: what happens there happens to both
 */
const has = (element: Element, names: string[], shared: Set<Element>): boolean => {
  for (let node: Element | null = element; node !== null && !shared.has(node); node = parentOf(node)) {
    const style = getComputedStyle(node);
    if (names.some((name) => !USUAL.test(style.getPropertyValue(name)))) return true;
  }
  return false;
};

/**
 * All that lies at a point, also inside of shadow roots, from the front.
 * @param seen is left out, and what is inside of it
 * @param depth roots within one another are looked into
 */
function* layersAt(
  root: Document | ShadowRoot,
  x: number,
  y: number,
  seen: Set<Element>,
  depth = 50,
): Generator<Element> {
  for (const layer of root.elementsFromPoint(x, y)) {
    if (seen.has(layer)) continue;
    seen.add(layer);
    const inner = shadowRootOf(layer);
    if (inner && depth > 0) yield* layersAt(inner, x, y, seen, depth - 1);
    yield layer;
  }
}

/**
 * What lies over a point of the video, if it can't be looked through: another video, or what stays in place when the
 * page is scrolled (a header, a wall), a modal dialog, what is in fullscreen. A player’s own layers go with the video.
 * Where it can’t be told which of two videos is seen, neither covers the other one. Asked seldom, because it reads styles.
 * @param own our host
 */
export function coverAt(video: Element, x: number, y: number, own: Element): Element | undefined {
  const around = new Set<Element>();
  for (let node: Element | null = video; node !== null; node = parentOf(node)) around.add(node);
  let isUnder = false;
  let cover: Element | undefined;
  for (const layer of layersAt(document, x, y, new Set([own]))) {
    if (layer === video) return cover;
    if (around.has(layer)) break;
    // Fullscreen elements count as modal, too: no pointer meets what is outside of them.
    if (Element.prototype.matches.call(layer, ':modal')) return layer;
    if (cover || !isShown(layer)) continue;
    isUnder ||= layer instanceof HTMLVideoElement && layer.readyState >= HAVE_CURRENT_DATA;
    // A picture need not fill its video: that has a background, or what holds it.
    if (!getComputedStyle(layer).backgroundColor.startsWith('rgb(')) continue;
    if (isUnder ? !has(layer, THROUGH, around) : has(layer, STUCK, around)) cover = layer;
  }
  // No pointer meets the video here. It may let them through, and then be the upper one; or it isn't seen here.
  return !isUnder || has(video, [...THROUGH, ...CUT], new Set()) ? cover : undefined;
}
