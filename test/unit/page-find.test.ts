/** When the finder begins in the midst of a page's load, nothing may be left to a change that never comes. */
import { Window } from 'happy-dom';
import { afterEach, expect, test, vi } from 'vitest';

vi.mock('../../src/platform/api', () => ({ shadowRootOf: () => null }));
const { findVideos } = await import('../../src/page/find');

afterEach(() => {
  vi.unstubAllGlobals();
});

test.each(['loading', 'interactive', 'complete'] as const)(
  'a video that is there before, in a page that is %s and does not change any more',
  (state) => {
    const window = new Window();
    const { document } = window;
    document.body.append(document.createElement('video'));
    Object.defineProperty(document, 'readyState', { configurable: true, get: () => state });
    for (const name of ['document', 'MutationObserver', 'Element', 'NodeFilter'] as const) {
      vi.stubGlobal(name, window[name]);
    }
    vi.stubGlobal('requestIdleCallback', () => 0); // roots are not what this is about
    const stop = new AbortController();
    const found: Element[] = [];
    findVideos({
      signal: stop.signal,
      hook: null,
      thorough: false,
      found: (video) => found.push(video),
      changed: () => undefined,
    });
    if (state === 'loading') document.dispatchEvent(new window.Event('DOMContentLoaded'));
    expect(found).toHaveLength(1);
    stop.abort();
  },
);
