import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { FromWorker, ToWorker } from '../../src/engine/worker/protocol';
import { CallAborted, WorkerLost, workerSlot } from '../../src/engine/worker/slot';
import type { WorkerLike } from '../../src/engine/worker/slot';

const TIMES = { pingMs: 2_000, silenceMs: 5_000, busySilenceMs: 8_000, idleMs: 30_000 };

interface Fake extends WorkerLike {
  sent: ToWorker[];
  alive: boolean;
  say(message: FromWorker): void;
}

function fakes(behave: (worker: Fake, message: ToWorker) => void): { started: Fake[]; start: () => Fake } {
  const started: Fake[] = [];
  const start = (): Fake => {
    const worker: Fake = {
      sent: [],
      alive: true,
      onmessage: null,
      onerror: null,
      postMessage: (message) => {
        worker.sent.push(message);
        if (worker.alive) behave(worker, message);
      },
      terminate: () => {
        worker.alive = false;
      },
      say: (data) => {
        worker.onmessage?.({ data } as MessageEvent<FromWorker>);
      },
    };
    started.push(worker);
    return worker;
  };
  return { started, start };
}

const echo = (worker: Fake, message: ToWorker): void => {
  if (message.type === 'ping') worker.say({ type: 'pong' });
  if (message.type === 'call') worker.say({ type: 'done', id: message.id, out: message.input });
};
const forget = { job: 'a' };
const never = new AbortController().signal;

describe('workerSlot', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('starts one worker for many calls, and ends it when idle', async () => {
    const { started, start } = fakes(echo);
    const slot = workerSlot(start, TIMES);
    expect(slot.isRunning()).toBe(false);
    await expect(slot.call('forget', forget, { signal: never })).resolves.toEqual(forget);
    await slot.call('forget', forget, { signal: never });
    expect(started).toHaveLength(1);
    vi.advanceTimersByTime(TIMES.idleMs + 1);
    expect(slot.isRunning()).toBe(false);
    expect(started[0]?.alive).toBe(false);
  });

  test('a worker killed in mid-job: the call is tried again in a fresh one within 15 s', async () => {
    const { started, start } = fakes((worker, message) => {
      if (started.length > 1) echo(worker, message);
    });
    const slot = workerSlot(start, TIMES);
    const call = slot.call('forget', forget, { signal: never });
    vi.advanceTimersByTime(15_000);
    await expect(call).resolves.toEqual(forget);
    expect(started).toHaveLength(2);
  });

  test('a worker that dies twice under a call gives a reason, and the next job works', async () => {
    let silent = true;
    const { start } = fakes((worker, message) => {
      if (!silent) echo(worker, message);
    });
    const slot = workerSlot(start, TIMES);
    const lost = expect(slot.call('forget', forget, { signal: never })).rejects.toBeInstanceOf(WorkerLost);
    vi.advanceTimersByTime(30_000);
    await lost;
    silent = false;
    await expect(slot.call('forget', forget, { signal: never })).resolves.toEqual(forget);
  });

  test('a call that hangs each worker is lost alone, and with it no more than some', async () => {
    const HANG = { job: 'hang' };
    const { started, start } = fakes((worker, message) => {
      if (message.type === 'ping') worker.say({ type: 'pong' });
      if (message.type !== 'call' || message.input !== HANG) return;
      worker.say({ type: 'busy', id: message.id, forMs: 1 });
      worker.alive = false;
    });
    const slot = workerSlot(start, TIMES);
    const lost = vi.fn<(error: unknown) => void>();
    const hang = (): void => void slot.call('forget', HANG, { signal: never }).catch(lost);
    const good = vi.fn<(error: unknown) => void>();
    void slot.call('forget', forget, { signal: never }).catch(good);
    hang();
    await vi.advanceTimersByTimeAsync(40_000);
    expect(lost).toHaveBeenCalledOnce();
    expect(lost.mock.lastCall?.[0]).toBeInstanceOf(WorkerLost);
    expect(good).not.toHaveBeenCalled();
    const [call] = started.at(-1)?.sent ?? [];
    expect(call).toMatchObject({ type: 'call', input: forget });
    for (let more = 0; more < 2; more++) {
      hang();
      await vi.advanceTimersByTimeAsync(40_000);
    }
    expect(lost).toHaveBeenCalledTimes(3);
    expect(good.mock.lastCall?.[0]).toBeInstanceOf(WorkerLost);
  });

  test('a worker that announced a long step is not taken for dead', async () => {
    const { started, start } = fakes((worker, message) => {
      if (message.type === 'call') worker.say({ type: 'busy', id: message.id, forMs: 60_000 });
    });
    const slot = workerSlot(start, TIMES);
    const call = slot.call('forget', forget, { signal: never });
    vi.advanceTimersByTime(50_000);
    expect(started).toHaveLength(1);
    started[0]?.say({ type: 'done', id: 1, out: null });
    await expect(call).resolves.toBeNull();
  });

  test('between the long steps of a call a worker may be silent for longer, but not for ever', async () => {
    let answers = true;
    const { started, start } = fakes((worker, message) => {
      if (message.type === 'call') worker.say({ type: 'busy', id: message.id, forMs: 60_000 });
      if (answers) echo(worker, message.type === 'call' && started.length === 1 ? { type: 'ping' } : message);
    });
    const slot = workerSlot(start, TIMES);
    const call = slot.call('forget', forget, { signal: never });
    vi.advanceTimersByTime(TIMES.pingMs);
    answers = false;
    vi.advanceTimersByTime(7_500);
    expect(started).toHaveLength(1);
    answers = true;
    vi.advanceTimersByTime(2 * TIMES.pingMs);
    expect(started).toHaveLength(1);
    answers = false;
    vi.advanceTimersByTime(TIMES.busySilenceMs);
    answers = true;
    vi.advanceTimersByTime(2 * TIMES.pingMs);
    expect(started).toHaveLength(2);
    await expect(call).resolves.toEqual(forget);
  });

  test('a worker is not blamed for the sleep of the machine', async () => {
    const { started, start } = fakes(() => undefined);
    const slot = workerSlot(start, TIMES);
    const call = slot.call('forget', forget, { signal: never });
    started[0]?.say({ type: 'pong' });
    vi.advanceTimersByTime(TIMES.pingMs);
    vi.setSystemTime(Date.now() + 3_600_000);
    vi.advanceTimersByTime(TIMES.silenceMs);
    expect(started).toHaveLength(1);
    started[0]?.say({ type: 'done', id: 1, out: null });
    await expect(call).resolves.toBeNull();
  });

  test('a worker that was idle for long is not taken for dead by its next call', async () => {
    let answers = true;
    const { started, start } = fakes((worker, message) => {
      if (answers || message.type === 'ping') echo(worker, message);
    });
    const slot = workerSlot(start, TIMES);
    await slot.call('forget', forget, { signal: never });
    vi.advanceTimersByTime(20_000);
    answers = false;
    const call = slot.call('forget', forget, { signal: never });
    vi.advanceTimersByTime(30_000);
    expect(started).toHaveLength(1);
    started[0]?.say({ type: 'done', id: 2, out: null });
    await expect(call).resolves.toBeNull();
  });

  test('the end of an earlier job, answered and then cancelled, never ends the worker under a later one', async () => {
    let answers = true;
    const { started, start } = fakes((worker, message) => {
      if (answers || message.type === 'ping') echo(worker, message);
    });
    const slot = workerSlot(start, TIMES);
    const first = new AbortController();
    await slot.call('forget', forget, { signal: first.signal });
    first.abort();
    answers = false;
    const call = slot.call('forget', { job: 'b' }, { signal: never });
    vi.advanceTimersByTime(TIMES.idleMs * 3);
    expect(started[0]?.alive).toBe(true);
    started[0]?.say({ type: 'done', id: 2, out: null });
    await expect(call).resolves.toBeNull();
  });

  test('an abort ends the call at once, and a deaf worker with it', async () => {
    const { started, start } = fakes((worker, message) => {
      if (message.type === 'call') worker.say({ type: 'busy', id: message.id, forMs: 60_000 });
    });
    const slot = workerSlot(start, TIMES);
    const controller = new AbortController();
    const call = slot.call('forget', forget, { signal: controller.signal });
    controller.abort();
    await expect(call).rejects.toBeInstanceOf(CallAborted);
    expect(started[0]?.alive).toBe(false);
  });

  test('an abort is passed on to a worker that listens', async () => {
    const { started, start } = fakes((worker, message) => {
      if (message.type === 'ping') worker.say({ type: 'pong' });
    });
    const slot = workerSlot(start, TIMES);
    const controller = new AbortController();
    const call = slot.call('forget', forget, { signal: controller.signal });
    vi.advanceTimersByTime(TIMES.pingMs + 1);
    const other = slot.call('forget', { job: 'b' }, { signal: never });
    controller.abort();
    await expect(call).rejects.toBeInstanceOf(CallAborted);
    expect(started[0]?.sent).toContainEqual({ type: 'abort', id: 1 });
    started[0]?.say({ type: 'done', id: 2, out: null });
    await expect(other).resolves.toBeNull();
  });

  test('a worn worker is ended as soon as it is idle', async () => {
    const { started, start } = fakes((worker, message) => {
      if (message.type !== 'call') return;
      worker.say({ type: 'worn' });
      worker.say({ type: 'done', id: message.id, out: null });
    });
    const slot = workerSlot(start, TIMES);
    await slot.call('forget', forget, { signal: never });
    expect(started[0]?.alive).toBe(false);
    await slot.call('forget', forget, { signal: never });
    expect(started).toHaveLength(2);
  });

  test('what a worker says of a failed call reaches the caller', async () => {
    const { start } = fakes((worker, message) => {
      if (message.type === 'call') worker.say({ type: 'failed', id: message.id, message: 'Error: no' });
    });
    await expect(workerSlot(start, TIMES).call('forget', forget, { signal: never })).rejects.toThrow('no');
  });

  test('a call that is over leaves nothing at the signal of its job, which may live for hours', async () => {
    const { start } = fakes((worker, message) => {
      if (message.type !== 'call') return;
      if (message.id === 1) worker.say({ type: 'done', id: 1, out: null });
      if (message.id === 2) worker.say({ type: 'failed', id: 2, message: 'broken' });
    });
    const slot = workerSlot(start, TIMES);
    const job = new AbortController();
    await slot.call('forget', forget, { signal: job.signal });
    await expect(slot.call('forget', forget, { signal: job.signal })).rejects.toThrow('broken');
    expect(getEventListeners(job.signal, 'abort')).toHaveLength(0);
    const open = slot.call('forget', forget, { signal: job.signal });
    expect(getEventListeners(job.signal, 'abort')).toHaveLength(1);
    slot.close();
    await expect(open).rejects.toBeInstanceOf(WorkerLost);
    expect(getEventListeners(job.signal, 'abort')).toHaveLength(0);
  });

  test('ended for good, it starts no worker any more', async () => {
    const { started, start } = fakes(echo);
    const slot = workerSlot(start, TIMES);
    await slot.call('forget', forget, { signal: never });
    slot.close();
    await expect(slot.call('forget', forget, { signal: never })).rejects.toBeInstanceOf(WorkerLost);
    expect(started).toHaveLength(1);
    expect(slot.isRunning()).toBe(false);
  });
});
