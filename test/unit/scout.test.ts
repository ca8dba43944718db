/** When the scout begins, and by what a video makes itself known. */
import { Window } from 'happy-dom';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

vi.mock('../../src/platform/api', () => ({
  isEarly: () => document.readyState === 'loading',
  shadowRootOf: (element: Element) => element.shadowRoot,
}));
const { scout } = await import('../../src/page/scout');

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function stage(state: DocumentReadyState): InstanceType<typeof Window> {
  const window = new Window();
  Object.defineProperty(window.document, 'readyState', { configurable: true, get: () => state });
  for (const name of ['document', 'MutationObserver', 'Element', 'NodeFilter'] as const) {
    vi.stubGlobal(name, window[name]);
  }
  for (const name of ['window', 'self', 'top']) vi.stubGlobal(name, window);
  vi.stubGlobal('requestIdleCallback', () => 0); // roots are not what this is about
  return window;
}

test.each(['interactive', 'complete'] as const)(
  'a video that is there before, in a page that is %s and does not change any more',
  (state) => {
    const { document } = stage(state);
    document.body.append(document.createElement('video'));
    const sign = vi.fn();
    const { pause } = scout(sign);
    vi.advanceTimersByTime(1);
    expect(sign).toHaveBeenCalledTimes(1);
    pause();
  },
);

test('a frame within another, written anew by a script: listeners are gone, changes are seen', async () => {
  const window = stage('loading');
  vi.stubGlobal('top', new Window());
  const sign = vi.fn();
  const { pause } = scout(sign);
  window.dispatchEvent(new window.Event('DOMContentLoaded'));
  expect(sign).not.toHaveBeenCalled();
  const root = window.document.createElement('html');
  root.append(window.document.createElement('video'));
  window.document.replaceChildren(root);
  await Promise.resolve();
  vi.advanceTimersByTime(20);
  expect(sign).toHaveBeenCalled();
  pause();
});

test.each(['loadstart', 'canplay', 'playing'])('a video in the document or in a told root tells by %s', (name) => {
  const window = stage('loading');
  const { document, Event } = window;
  const sign = vi.fn();
  const { pause } = scout(sign);
  const tell = (line: EventTarget, type: string, relatedTarget: unknown): unknown =>
    line.dispatchEvent(Object.assign(new Event(type), { relatedTarget }) as never);
  const line = document.createElement('i') as unknown as EventTarget;
  tell(window as never, 'assay-hook', line);
  const host = document.createElement('div');
  document.body.append(host);
  const root = host.attachShadow({ mode: 'open' });
  tell(line, 'root', host);
  vi.advanceTimersByTime(1_000);
  expect(sign).not.toHaveBeenCalled();
  for (const place of [document.body, root]) {
    sign.mockClear();
    const video = document.createElement('video');
    place.append(video);
    video.dispatchEvent(new Event(name));
    vi.advanceTimersByTime(200);
    expect(sign).toHaveBeenCalledTimes(1);
    video.remove();
  }
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
  const heard = vi.fn();
  window.addEventListener('assay-hook', heard);
  window.dispatchEvent(new window.Event('assay-hook'));
  expect(heard).toHaveBeenCalledTimes(1);
  expect(hook()).toBeNull();
  pause();
});
