/**
 * Keeps one box per video exactly over what is visible of it; surfaces are put into the boxes.
 * One loop for all of them, and only while there is something to show.
 */
import type { Settings } from '../contract/settings';
import { isContextAlive } from '../platform/api';
import { htmlElement } from '../platform/html-element';
import { isShown } from './eligible';
import { apart, clippersOf, visibleRect } from './geometry';
import type { Rect } from './geometry';
import { coverAt } from './layers';

/** Styles and visibility are asked anew this often; positions in every frame. */
const STYLES_EVERY_MS = 500;
/** Frames without any movement after which positions are asked only now and then. */
const STILL_FRAMES = 30;
const STILL_EVERY_MS = 100;
/** This far from the edge of the video there is a badge. */
const INSET_PX = 16;

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

export function createOverlay(signal: AbortSignal): Overlay {
  const all = new Set<Tracked>();
  let corner: Settings['corner'] = 'top-left';
  /** What lies over these is to be asked, of one in each frame: that is dear. */
  const unasked = new Set<Tracked>();
  let running = false;
  /** A step that is still to be made in this frame. */
  let due = false;
  let styled_ms = -Infinity;
  let still = 0;
  /** Of the next step, while there is nothing to see. */
  let timer: ReturnType<typeof setTimeout> | 0 = 0;

  const write = (tracked: Tracked, rect: Rect | null): void => {
    if (JSON.stringify(tracked.rect) === JSON.stringify(rect)) return;
    tracked.rect = rect;
    still = 0;
    const { style } = tracked.element;
    style.display = rect === null ? 'none' : '';
    if (rect !== null) {
      style.translate = `${rect.left}px ${rect.top}px`;
      style.width = `${rect.right - rect.left}px`;
      style.height = `${rect.bottom - rect.top}px`;
    }
    tracked.moved(rect);
  };

  /** First all reads, then all writes: the page's layout is not computed for us. */
  const step = (): void => {
    const now = performance.now();
    const restyle = now - styled_ms > STYLES_EVERY_MS;
    if (restyle) {
      styled_ms = now;
      for (const tracked of all) unasked.add(tracked); // behind those whose turn has not come
    }
    const [next] = unasked;
    // Under an extension that was reloaded no root can be asked for.
    if (next !== undefined && isContextAlive()) {
      unasked.delete(next);
      const rect = visibleRect(next.video, next.clippers);
      next.cover =
        rect &&
        coverAt(
          next.video,
          (rect.left + rect.right) / 2,
          corner.startsWith('top') ? rect.top + INSET_PX : rect.bottom - INSET_PX,
          (next.element.getRootNode() as ShadowRoot).host,
        );
    }
    const rects = Array.from(all, (tracked) => {
      const { video, rect } = tracked;
      if (restyle) tracked.clippers = clippersOf(video);
      const shown = restyle ? isShown(video) : rect !== null;
      return shown ? visibleRect(video, tracked.clippers, tracked.cover) : null;
    });
    const places = apart(rects, corner.startsWith('top'));
    Array.from(all, (tracked, i) => {
      if (restyle) tracked.element.dataset['corner'] = corner;
      write(tracked, places[i] ?? null);
    });
    still++;
  };

  const stepOnce = (): void => {
    try {
      if (due) step();
    } catch {
      // a video that can no longer be touched: it is about to be dropped
    }
    due = false;
  };

  /** It speaks once a frame's layout is done, which is when to ask where things are. */
  const laidOut = new ResizeObserver(stepOnce);

  const frame = (): void => {
    stepOnce(); // the root has no size, so the observer had nothing to say
    running = !signal.aborted && all.size > 0;
    due = running;
    laidOut.disconnect();
    if (!running) return;
    laidOut.observe(document.documentElement);
    if (still < STILL_FRAMES) requestAnimationFrame(frame);
    else timer = setTimeout(awake, STILL_EVERY_MS);
  };

  const awake = (): void => {
    clearTimeout(timer);
    timer = 0;
    requestAnimationFrame(frame);
  };

  /** Something may move: every frame counts again, from the next one on. */
  const moving = (): void => {
    still = 0;
    if (timer !== 0) awake();
  };
  const restyled = (): void => {
    styled_ms = -Infinity;
    moving();
  };
  for (const name of ['scroll', 'resize', 'fullscreenchange']) {
    window.addEventListener(name, moving, { signal, capture: true, passive: true });
  }

  return {
    add: (video, layer, moved) => {
      const element = htmlElement('div');
      element.className = 'box';
      element.style.display = 'none';
      layer.append(element);
      const tracked: Tracked = { video, element, clippers: [], cover: undefined, rect: null, moved };
      all.add(tracked);
      restyled();
      if (!running) requestAnimationFrame(frame);
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
      restyled();
    },
  };
}
