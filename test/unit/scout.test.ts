/** When the scout begins in the midst of a page's load, nothing may be left to a change that never comes. */
import { Window } from 'happy-dom';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

vi.mock('../../src/platform/api', () => ({ shadowRootOf: () => null }));
const { scout } = await import('../../src/page/scout');

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function stage(state: DocumentReadyState): InstanceType<typeof Window> {
  const window = new Window();
  Object.defineProperty(window.document, 'readyState', { configurable: true, get: () => state });
  for (const name of ['document', 'MutationObserver', 'Element', 'NodeFilter', 'MessageEvent'] as const) {
    vi.stubGlobal(name, window[name]);
  }
  vi.stubGlobal('window', window);
  vi.stubGlobal('requestIdleCallback', () => 0); // roots are not what this is about
  return window;
}

test.each(['loading', 'interactive', 'complete'] as const)(
  'a video that is there before, in a page that is %s and does not change any more',
  (state) => {
    const { document, Event } = stage(state);
    document.body.append(document.createElement('video'));
    const sign = vi.fn();
    const { pause } = scout(sign);
    if (state === 'loading') document.dispatchEvent(new Event('DOMContentLoaded'));
    vi.advanceTimersByTime(1);
    expect(sign).toHaveBeenCalledTimes(1);
    pause();
  },
);

test('a video that begins to load while the parser is still at work', () => {
  const { document, Event } = stage('loading');
  const sign = vi.fn();
  const { pause } = scout(sign);
  const video = document.createElement('video');
  document.body.append(video);
  video.dispatchEvent(new Event('loadstart'));
  vi.advanceTimersByTime(20);
  expect(sign).toHaveBeenCalledTimes(1);
  pause();
});

test('paused it gives no sign, and follows again when it is resumed', () => {
  const { document } = stage('complete');
  const sign = vi.fn();
  const { pause, resume, follow } = scout(sign);
  pause();
  document.body.append(document.createElement('video'));
  vi.advanceTimersByTime(1_000);
  expect(sign).not.toHaveBeenCalled();
  const look = vi.fn();
  resume();
  follow(look);
  expect(look).toHaveBeenCalledWith([document]);
  pause();
});

test('in a page that has loaded nobody is taken for the hook', () => {
  const window = stage('complete');
  const { hook, pause } = scout(() => undefined);
  const line = { lastEventId: 'mine' };
  window.dispatchEvent(Object.assign(new window.MessageEvent('assay-hook'), line));
  vi.advanceTimersByTime(1);
  window.dispatchEvent(Object.assign(new window.MessageEvent('assay-hook'), line));
  expect(hook()).toBeNull();
  pause();
});
