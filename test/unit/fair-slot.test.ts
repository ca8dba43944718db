/** Pages share a worker: none has the others wait for all of its videos. */
import { expect, test, vi } from 'vitest';
import { fairSlots } from '../../src/engine/fair-slot';
import type { FairSlots } from '../../src/engine/fair-slot';
import { CallAborted } from '../../src/engine/worker/slot';
import type { WorkerSlot } from '../../src/engine/worker/slot';

const never = new AbortController().signal;

/** A worker that takes one call after the other, in the order in which they came. */
function worker() {
  const order: string[] = [];
  let last: Promise<unknown> = Promise.resolve();
  const call = vi.fn<(name: string, input: string, options: { signal: AbortSignal }) => Promise<string>>();
  call.mockImplementation((_, input, { signal }) => {
    if (signal.aborted) return Promise.reject(new CallAborted('aborted'));
    const mine = last.then(async () => {
      await new Promise((done) => setImmediate(done));
      order.push(input);
      return input;
    });
    last = mine;
    return mine;
  });
  return { order, call, slot: { call, isRunning: () => true } as unknown as WorkerSlot };
}
type Call = (name: string, input: string, options: { signal: AbortSignal }) => Promise<unknown>;
const frameOf = (slots: FairSlots, page: unknown): Call => slots.enter(page).call as unknown as Call;
const pageOf = (slot: WorkerSlot): Call => frameOf(fairSlots(slot), 'page');

test.each(['read', 'frames', 'decode', 'marks'])(
  '%s: a page with one video doesn’t wait for all of one with a hundred',
  async (name) => {
    const { order, slot } = worker();
    const [many, one] = [pageOf(slot), pageOf(slot)];
    const all = Array.from({ length: 100 }, (_, i) => many(name, `many ${i}`, { signal: never }));
    await Promise.all([...all, one(name, 'one', { signal: never })]);
    expect(order.indexOf('one')).toBeLessThanOrEqual(24);
    expect(order.filter((said) => said !== 'one')).toEqual(Array.from({ length: 100 }, (_, i) => `many ${i}`));
  },
);

test('a page with a hundred frames has no more than one with one', async () => {
  const { order, slot } = worker();
  const slots = fairSlots(slot);
  const frames = Array.from({ length: 100 }, () => frameOf(slots, 'many'));
  const all = frames.map((frame, i) => frame('decode', `many ${String(i)}`, { signal: never }));
  await Promise.all([...all, frameOf(slots, 'other')('decode', 'one', { signal: never })]);
  expect(order.indexOf('one')).toBeLessThanOrEqual(2);
});

test('a page’s share ends with its last frame', async () => {
  const { order, slot } = worker();
  const slots = fairSlots(slot);
  const [first, second] = [slots.enter('page'), slots.enter('page')];
  expect(second).toBe(first);
  slots.leave('page');
  expect(slots.enter('page')).toBe(first);
  slots.leave('page');
  slots.leave('page');
  expect(slots.enter('page')).not.toBe(first);
  expect(order).toEqual([]);
});

test('what takes no time waits for nothing', async () => {
  const { order, slot } = worker();
  const call = pageOf(slot);
  const decodes = Array.from({ length: 5 }, (_, i) => call('decode', `decode ${i}`, { signal: never }));
  await Promise.all([...decodes, call('forget', 'forget', { signal: never })]);
  expect(order.indexOf('forget')).toBeLessThanOrEqual(2);
});

test('a call that is given up while it waits is aborted, and holds up none', async () => {
  const { order, slot } = worker();
  const call = pageOf(slot);
  const stop = new AbortController();
  const waiting = Array.from({ length: 4 }, (_, i) => call('decode', `kept ${i}`, { signal: never }));
  const given = call('decode', 'given up', { signal: stop.signal });
  const behind = call('decode', 'behind', { signal: never });
  stop.abort();
  await expect(given).rejects.toBeInstanceOf(CallAborted);
  await Promise.all([...waiting, behind]);
  expect(order).toEqual(['kept 0', 'kept 1', 'kept 2', 'kept 3', 'behind']);
});

test('a call that fails makes room for the next', async () => {
  const { slot, call } = worker();
  const page = pageOf(slot);
  call.mockRejectedValueOnce(new Error('first')).mockRejectedValueOnce(new Error('second'));
  const all = await Promise.allSettled(['a', 'b', 'c'].map((input) => page('decode', input, { signal: never })));
  expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
});
