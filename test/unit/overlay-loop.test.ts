import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Overlay } from '../../src/page/overlay';

vi.mock('../../src/platform/api', () => ({ isContextAlive: () => true, shadowRootOf: () => null }));
const { createOverlay } = await import('../../src/page/overlay');

/** The part of a page that the loop over all boxes needs: one video that never moves, and frames that are made here. */
let frames: (() => void)[] = [];
let scroll: () => void = () => undefined;
let stop: AbortController;
let overlay: Overlay;
const box = { left: 0, top: 0, right: 640, bottom: 360 };
const video = { controls: false } as unknown as HTMLVideoElement;
const whereIs = vi.fn(() => box);

/** What elements are asked, whatever they are. */
class Asked {
  declare assignedSlot: null;
  declare parentNode: null;
  checkVisibility(): boolean {
    return true;
  }
  declare place?: typeof box;
  getBoundingClientRect(): typeof box {
    const usual = whereIs();
    return this.place ?? usual;
  }
}
Asked.prototype.assignedSlot = Asked.prototype.parentNode = null;

/** What the page's layout is told to, once it is done; a root without a size has nothing to tell. */
let observed: (() => void) | null = null;
let rootHasSize = true;

/** Makes one frame. @returns how often the video was looked for in it */
function frame(): number {
  const before = whereIs.mock.calls.length;
  for (const step of frames.splice(0)) step();
  if (rootHasSize) observed?.();
  observed = null;
  return whereIs.mock.calls.length - before;
}

beforeEach(() => {
  vi.useFakeTimers();
  frames = [];
  vi.stubGlobal('requestAnimationFrame', (step: (now: number) => void) =>
    frames.push(() => {
      step(performance.now());
    }),
  );
  observed = null;
  rootHasSize = true;
  vi.stubGlobal(
    'ResizeObserver',
    class {
      speak: () => void;
      constructor(speak: () => void) {
        this.speak = speak;
      }
      observe() {
        observed = this.speak;
      }
      disconnect() {
        observed = null;
      }
    },
  );
  const getRootNode = () => ({ host: null });
  const element = () => ({ style: {}, dataset: {}, remove: () => undefined, getRootNode });
  vi.stubGlobal('document', { createElementNS: element, elementsFromPoint: () => [], body: null });
  vi.stubGlobal('window', {
    addEventListener: (name: string, listener: () => void) => {
      if (name === 'scroll') scroll = listener;
    },
  });
  for (const name of ['Node', 'Element']) vi.stubGlobal(name, Asked);
  vi.stubGlobal('ShadowRoot', class {});
  vi.stubGlobal('innerWidth', 1280);
  vi.stubGlobal('innerHeight', 720);
  stop = new AbortController();
  overlay = createOverlay(stop.signal);
  overlay.add(video, { append: () => undefined } as unknown as HTMLElement, () => undefined);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Frames in which nothing moves, until the loop waits for its timer. */
function untilAsleep(): void {
  for (let i = 0; i < 100 && frames.length > 0; i++) frame();
  expect(frames).toHaveLength(0);
}

test('while nothing moves there is a step now and then, not in every frame', () => {
  untilAsleep();
  vi.advanceTimersByTime(100);
  expect(frame()).toBe(1);
  expect(frames).toHaveLength(0);
});

test.each([
  ['while it sleeps', 0],
  ['after it was woken, before that frame', 100],
])('a page that is scrolled %s: one step a frame, however often', (_, ms) => {
  untilAsleep();
  for (let times = 0; times < 3; times++) {
    vi.advanceTimersByTime(ms);
    scroll();
    scroll();
    expect(frame()).toBe(1);
    expect(frame()).toBe(1);
    untilAsleep();
  }
});

test('with the last box the loop ends; with a new one there is one again', () => {
  const second = overlay.add(video, { append: () => undefined } as unknown as HTMLElement, () => undefined);
  second.remove();
  expect(frame()).toBe(2); // for what lies over it, too, in its first frame
  stop.abort();
  frame();
  expect(frames).toHaveLength(0);
});

test('a page whose root has no size has its steps a frame later', () => {
  untilAsleep();
  rootHasSize = false;
  scroll();
  expect(frame()).toBe(0);
  expect(frame()).toBe(1);
  expect(frame()).toBe(1);
});

test('with many boxes at rest, each is asked in its turn what lies over it', () => {
  const asked = vi.fn((_x: number, _y: number): Element[] => []);
  Object.assign(document, { elementsFromPoint: asked });
  const others = Array.from({ length: 20 }, (_, i) => ({ left: i * 50 + 10, top: 0, right: i * 50 + 50, bottom: 40 }));
  for (const place of others) {
    const other = Object.assign(new Asked(), { place, controls: false });
    overlay.add(other as unknown as HTMLVideoElement, { append: () => undefined } as never, () => undefined);
  }
  untilAsleep();
  asked.mockClear();
  for (let i = 0; i < 30; i++) {
    vi.advanceTimersByTime(100);
    frame();
  }
  expect(new Set(asked.mock.calls.map(([x]) => x)).size).toBe(21);
});
