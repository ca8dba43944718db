/**
 * Keeps one box per video exactly over what is visible of it; surfaces are put into the boxes.
 * One loop for all of them, and only while there is something to show.
 */
import type { Settings } from '../contract/settings';
import { isShown } from './eligible';
import { clippersOf, coverAt, visibleRect } from './geometry';
import type { Rect } from './geometry';

/** Styles and visibility are asked anew this often; positions in every frame. */
const STYLES_EVERY_MS = 500;
/** Frames without any movement after which positions are asked only now and then. */
const STILL_FRAMES = 30;
const STILL_EVERY_MS = 100;
/** This far from the edge of the video there is a badge. */
const INSET_PX = 16;
/** Height of the native control bar: badges in a bottom corner stay above it. */
const CONTROLS_PX = 76;

export interface OverlayBox {
  /** Takes the surface; it is placed in the corner. */
  element: HTMLElement;
  remove(): void;
  /** Where the box is now; null while hidden. */
  rect(): Rect | null;
}

export interface Overlay {
  add(video: HTMLVideoElement, layer: HTMLElement, moved: (rect: Rect | null) => void): OverlayBox;
  setCorner(corner: Settings['corner']): void;
}

interface Tracked {
  video: HTMLVideoElement;
  element: HTMLElement;
  clippers: Element[];
  cover: Element | null | undefined;
  rect: Rect | null;
  moved: (rect: Rect | null) => void;
}

const same = (a: Rect | null, b: Rect | null): boolean =>
  a === b ||
  (a !== null && b !== null && a.left === b.left && a.top === b.top && a.right === b.right && a.bottom === b.bottom);

export function createOverlay(signal: AbortSignal): Overlay {
  const all = new Set<Tracked>();
  let corner: Settings['corner'] = 'top-left';
  /** What lies over these is to be asked, of one in each frame: that is dear. */
  let unasked = new Set<Tracked>();
  let running = false;
  let styled_ms = -Infinity;
  let still = 0;
  /** Of the next step, while there is nothing to see. */
  let timer: ReturnType<typeof setTimeout> | undefined;

  const write = (tracked: Tracked, rect: Rect | null): void => {
    if (same(tracked.rect, rect)) return;
    tracked.rect = rect;
    still = 0;
    const { style } = tracked.element;
    style.display = rect === null ? 'none' : 'flex';
    if (rect !== null) {
      style.transform = `translate(${rect.left}px,${rect.top}px)`;
      style.width = `${rect.right - rect.left}px`;
      style.height = `${rect.bottom - rect.top}px`;
    }
    tracked.moved(rect);
  };

  const dress = ({ video, element }: Tracked): void => {
    const bottom = corner.startsWith('bottom');
    element.dataset['corner'] = corner;
    element.style.paddingBlockEnd = bottom && video.controls ? `${CONTROLS_PX}px` : '';
  };

  /** First all reads, then all writes: the page's layout is computed at most once a frame for us. */
  const step = (now: number): void => {
    if (signal.aborted || all.size === 0) {
      running = false;
      return;
    }
    const restyle = now - styled_ms > STYLES_EVERY_MS;
    if (restyle) {
      styled_ms = now;
      unasked = new Set(all);
    }
    const rects = new Map<Tracked, Rect | null>();
    const [next] = unasked;
    if (next !== undefined) {
      unasked.delete(next);
      const rect = visibleRect(next.video, next.clippers);
      next.cover =
        rect &&
        coverAt(
          next.video,
          (rect.left + rect.right) / 2,
          corner.startsWith('top') ? rect.top + INSET_PX : rect.bottom - INSET_PX,
        );
    }
    for (const tracked of all) {
      const { video } = tracked;
      if (restyle) tracked.clippers = clippersOf(video);
      const shown = restyle ? isShown(video) : tracked.rect !== null;
      rects.set(tracked, shown ? visibleRect(video, tracked.clippers, tracked.cover) : null);
    }
    for (const [tracked, rect] of rects) {
      if (restyle) dress(tracked);
      write(tracked, rect);
    }
    still++;
    if (still < STILL_FRAMES) requestAnimationFrame(step);
    else timer = setTimeout(awake, STILL_EVERY_MS);
  };

  const awake = (): void => {
    clearTimeout(timer);
    timer = undefined;
    requestAnimationFrame(step);
  };

  /** Something may move: every frame counts again, from the next one on. */
  const moving = (): void => {
    still = 0;
    if (timer !== undefined) awake();
  };
  for (const name of ['scroll', 'resize', 'fullscreenchange']) {
    window.addEventListener(name, moving, { signal, capture: true, passive: true });
  }

  return {
    add: (video, layer, moved) => {
      const element = document.createElement('div');
      element.className = 'box';
      element.style.display = 'none';
      layer.append(element);
      const tracked: Tracked = { video, element, clippers: [], cover: undefined, rect: null, moved };
      all.add(tracked);
      styled_ms = -Infinity;
      moving();
      if (!running) requestAnimationFrame(step);
      running = true;
      return {
        element,
        remove: () => {
          all.delete(tracked);
          element.remove();
        },
        rect: () => tracked.rect,
      };
    },
    setCorner: (to) => {
      corner = to;
      styled_ms = -Infinity;
      moving();
    },
  };
}
