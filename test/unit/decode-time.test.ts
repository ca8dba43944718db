/** How long a file may keep one of the few places for decoding, whatever its server does. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { inTime } from '../../src/engine/estimate/decode';
import type { Look } from '../../src/engine/estimate/decode';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const LOOK: Look = { frame: null, picture: null };

/** Twelve frames, one every so many seconds. */
async function* drip(everyS: number): AsyncGenerator<Look> {
  for (let i = 0; i < 12; i++) {
    await new Promise((done) => setTimeout(done, everyS * 1000));
    yield LOOK;
  }
}

/** @returns how many frames came, and how it ended */
async function take(looks: AsyncGenerator<Look>, othersWait: () => boolean): Promise<[number, string]> {
  let count = 0;
  const taken = (async () => {
    for await (const _ of inTime(looks, new AbortController().signal, othersWait)) count++;
  })().then(
    () => 'ended',
    (error: unknown) => (error as Error).message,
  );
  await vi.runAllTimersAsync();
  return [count, await taken];
}

test.each([
  ['a quick file is decoded to its end, others waiting or not', 1, true, [12, 'ended']],
  ['one that drips makes room for others', 10, true, [3, 'timed-out']],
  ['and has its time while nobody waits', 10, false, [12, 'ended']],
  ['one that stops is not waited for', 16, false, [0, 'timed-out']],
])('%s', async (_, everyS, others, wanted) => {
  expect(await take(drip(everyS), () => others)).toEqual(wanted);
});

test('who begins to wait later is let in then', async () => {
  let now = false;
  setTimeout(() => (now = true), 75_000);
  expect(await take(drip(10), () => now)).toEqual([8, 'timed-out']);
});

test('time in which nothing is waited for doesn’t count', async () => {
  const slow = inTime(drip(1), new AbortController().signal, () => true);
  let count = 0;
  const taken = (async () => {
    for await (const _ of slow) {
      count++;
      await new Promise((done) => setTimeout(done, 20_000)); // the network, on a busy machine
    }
  })();
  await vi.runAllTimersAsync();
  await taken;
  expect(count).toBe(12);
});

test.each([
  [
    'who has seen enough',
    async (looks: AsyncGenerator<Look>) => {
      for await (const _ of looks) break;
    },
  ],
  [
    'who fails at a frame',
    async (looks: AsyncGenerator<Look>) => {
      for await (const _ of looks) throw new Error('no memory');
    },
  ],
])('%s leaves no frame open', async (_, watch) => {
  const close = vi.fn<() => void>();
  async function* frames(): AsyncGenerator<Look> {
    try {
      yield LOOK;
    } finally {
      close();
    }
  }
  await watch(inTime(frames(), new AbortController().signal, () => false)).catch(() => undefined);
  expect(close).toHaveBeenCalledOnce();
});
