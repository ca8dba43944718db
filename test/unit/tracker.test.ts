/** A video whose source changes while the one before is still looked at. */
import { afterEach, expect, test, vi } from 'vitest';
import type { MediaRef } from '../../src/contract/messages';
import type { TrackerOptions } from '../../src/page/tracker';

/** What is heard of the element, as if the browser told it. */
let heard: [names: string, run: () => void][] = [];
vi.mock('../../src/page/on-trusted', () => ({
  onTrusted: (_: unknown, names: string, __: unknown, run: () => void) => heard.push([names, run]),
}));
vi.mock('../../src/platform/api', () => ({}));
vi.mock('../../src/page/eligible', () => ({ isShown: () => true }));
/** What was given to read each source, and what ends it. */
const asked: { url: string; held: Request | null; end: (media: MediaRef) => void }[] = [];
vi.mock('../../src/page/media', () => ({
  heldBlob: (url: string) => ({ url }),
  mediaRef: ({ currentSrc }: HTMLVideoElement, _: unknown, __: unknown, held: Request) =>
    new Promise((end) => asked.push({ url: currentSrc, held, end })),
  mediaName: () => '',
}));
const { createTracker } = await import('../../src/page/tracker');

class Observer {
  observe = (): void => undefined;
  unobserve = (): void => undefined;
  disconnect = (): void => undefined;
}

afterEach(() => {
  vi.unstubAllGlobals();
  heard = [];
});

test('the address that it began to load is held until it was read, whatever becomes of the one before', async () => {
  const document = {};
  vi.stubGlobal('document', document);
  for (const name of ['IntersectionObserver', 'ResizeObserver']) vi.stubGlobal(name, Observer);
  const element = {
    ...{ isConnected: true, ownerDocument: document, readyState: 1, error: null, srcObject: null },
    currentSrc: 'blob:first',
  };
  const stop = new AbortController();
  const tracker = createTracker({
    signal: stop.signal,
    client: { open: () => undefined, post: () => undefined, cancel: () => undefined, close: () => undefined },
    place: () => Promise.resolve({ site: null, origin: 'null' }),
    mayStream: () => true,
    changed: () => undefined,
    gone: () => undefined,
    look: () => undefined,
  } as unknown as TrackerOptions);
  const tell = (name: string): void => {
    for (const [names, run] of heard) if (names.split(' ').includes(name)) run();
  };
  tracker.insist(element as unknown as HTMLVideoElement);
  await vi.waitFor(() => {
    expect(asked).toHaveLength(1);
  });

  element.currentSrc = 'blob:second';
  tell('emptied');
  tell('loadstart');
  asked[0]?.end({ kind: 'unreachable', reason: 'blob-gone' }); // it is told once the next one loads
  await new Promise((done) => setImmediate(done));
  tell('loadedmetadata');
  await vi.waitFor(() => {
    expect(asked).toHaveLength(2);
  });
  expect(asked.map(({ url, held }) => [url, held?.url])).toEqual([
    ['blob:first', 'blob:first'],
    ['blob:second', 'blob:second'],
  ]);
  stop.abort();
});
