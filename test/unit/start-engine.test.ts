/** An engine that is ended, in a context that lives on (Firefox's event page), and is at once followed by the next one. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FromEngine, ToEngine } from '../../src/contract/messages';
import type { Port } from '../../src/contract/port';
import type { FromWorker, ToWorker } from '../../src/engine/worker/protocol';

type Listener = (port: Port<ToEngine, FromEngine>, tabId: number | null) => void;
let connected: Listener = () => undefined;
vi.mock('../../src/platform/messaging', () => ({
  onPort: (_: string, listener: Listener) => {
    connected = listener;
    return () => undefined;
  },
}));
vi.stubGlobal('__VERSION__', '0');
vi.stubGlobal('navigator', { userAgent: 'Firefox/153' }); // not in Node 20
const { startEngine } = await import('../../src/entries/start-engine');

/** Workers that have begun, and never answer. */
const workers: Silent[] = [];
class Silent {
  onmessage: ((event: { data: FromWorker }) => void) | null = null;
  calls: ToWorker[] = [];
  constructor() {
    workers.push(this);
  }
  postMessage(message: ToWorker): void {
    this.calls.push(message);
  }
  terminate(): void {
    this.calls = [];
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('Worker', Silent);
});
afterEach(() => {
  vi.useRealTimers();
});

test('an ended engine says no more, starts no worker, and leaves no timer', async () => {
  const jobs = vi.fn<(count: number) => void>();
  const engine = startEngine({ anchors: () => Promise.resolve({ name: '', texts: [] }), jobs });
  let hear: (message: ToEngine) => void = () => undefined;
  const post = vi.fn<(message: FromEngine) => void>();
  connected({ post, onMessage: (listener) => (hear = listener), onClose: () => undefined, close: () => undefined }, 1);
  const subject = {
    ...{ kind: 'page-video' as const, input: null, page: 'https://site.test/', frame: null, media: 'stream' },
    ...{ index: 0, width: 640, height: 360, duration_s: null },
  };
  const open = { type: 'open' as const, subject, frames: 'page' as const, pictures: 'page' as const, limitBytes: 1e6 };
  hear({
    ...open,
    job: 'file',
    media: { kind: 'url', url: 'https://site.test/a.mp4', credentials: 'omit' },
    known: null,
  });
  hear({ ...open, job: 'stream', media: { kind: 'stream' }, known: null });
  for (const offset_s of [0, 1, 2]) {
    const piece = { init: new Blob(['i']), bytes: new Blob(['m']), offset_s, missed: false, sources: [] };
    hear({ type: 'piece', job: 'stream', piece });
  }
  hear({ type: 'frames', job: 'file', frames: [{ time_s: 0, side: 1, rgba: new Blob(['....']) }] });
  await vi.advanceTimersByTimeAsync(100);
  expect(jobs).toHaveBeenLastCalledWith(2);
  expect(workers).toHaveLength(2);

  engine.stop();
  expect(jobs).toHaveBeenLastCalledWith(0); // or the page would be kept alive for nobody
  jobs.mockClear();
  post.mockClear();
  await vi.advanceTimersByTimeAsync(0);
  expect(vi.getTimerCount()).toBe(0);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(jobs).not.toHaveBeenCalled();
  expect(post).not.toHaveBeenCalled();
  expect(workers).toHaveLength(2);
});
