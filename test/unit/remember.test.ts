/** What was found of a file is kept: for the same version of the same address, asked in the same way. */
import { describe, expect, test } from 'vitest';
import { emptyCredentials } from '../../src/contract/lanes';
import { rememberingSlot } from '../../src/engine/remember';
import type { Calls, FileEvent, FileVersion } from '../../src/engine/worker/protocol';
import { CallAborted } from '../../src/engine/worker/slot';
import type { WorkerSlot } from '../../src/engine/worker/slot';

type Input = Calls['read']['in'];
type Output = Calls['read']['out'];

const never = new AbortController().signal;
const ONE: FileVersion = { version: '"one"', size: 100 };
const TWO: FileVersion = { version: '"one"', size: 101 };
const input = (more: Partial<Input> = {}): Input => ({
  media: { kind: 'url', url: 'https://cdn.test/clip.mp4', credentials: 'omit' },
  limitBytes: 1_000,
  anchors: [],
  remote: false,
  shown: null,
  hash: false,
  ...more,
});
const facts = (
  state: 'trusted' | 'changed' | 'unreachable' | 'unverified',
  reason: 'network' | null = null,
): Output => ({
  credentials: emptyCredentials(state, reason),
  disclosures: [],
  manifest: null,
});

/** A worker whose file is of this version; a read of it gives `answer`. */
function worker(answer: Output, version: FileVersion | null = ONE) {
  const state = { version, asked: [] as Input[], reads: 0, answer };
  const slot: WorkerSlot = {
    call: (async (_: 'read', asked: Input) => {
      state.asked.push(asked);
      const { known } = asked;
      const isKnown = known !== undefined && JSON.stringify(known) === JSON.stringify(state.version);
      if (isKnown) return await Promise.resolve({ ...facts('unverified'), version: known, isKnown });
      state.reads++;
      return { ...state.answer, version: state.version };
    }) as WorkerSlot['call'],
    isRunning: () => true,
    close: () => undefined,
  };
  const memory = rememberingSlot(slot);
  const read = async (more: Partial<Input> = {}): Promise<string> =>
    (await memory.call('read', input(more), { signal: never })).credentials.state;
  return { state, read };
}

describe('a second read', () => {
  test.each(['trusted', 'changed'] as const)('of the same version: %s, from memory', async (state) => {
    const { state: seen, read } = worker(facts(state));
    expect([await read(), await read(), await read()]).toEqual([state, state, state]);
    expect(seen.reads).toBe(1);
    expect(seen.asked.map(({ known }) => known)).toEqual([undefined, ONE, ONE]);
  });

  test('of another length is a new one', async () => {
    const { state: seen, read } = worker(facts('trusted'));
    await read();
    Object.assign(seen, { version: TWO, answer: facts('changed') });
    expect([await read(), await read()]).toEqual(['changed', 'changed']);
    expect(seen.reads).toBe(2);
  });

  test.each<[string, Partial<Input>]>([
    ['with other anchors', { anchors: ['PEM'] }],
    ['with another limit', { limitBytes: 10_000 }],
    ['with cookies', { media: { kind: 'url', url: 'https://cdn.test/clip.mp4', credentials: 'include' } }],
    ['of another address', { media: { kind: 'url', url: 'https://cdn.test/other.mp4', credentials: 'omit' } }],
    ['of what is kept elsewhere, too', { remote: true }],
    ['of bytes at hand', { media: { kind: 'blob', name: 'clip', blob: new Blob(['x']) } }],
  ])('%s is a new one', async (_, more) => {
    const { state: seen, read } = worker(facts('trusted'));
    await read();
    await read(more);
    expect(seen.asked.at(-1)?.known).toBeUndefined();
    expect(seen.reads).toBe(2);
  });

  test.each<[string, Output, FileVersion | null]>([
    ['whose server names no version', facts('trusted'), null],
    ['that could not be had', facts('unreachable'), ONE],
    ['that broke off', facts('unverified', 'network'), ONE],
  ])('of a file %s is a new one', async (_, answer, version) => {
    const { state: seen, read } = worker(answer, version);
    await read();
    await read();
    expect(seen.reads).toBe(2);
  });

  test('of the oldest of many files is a new one', async () => {
    const { state: seen, read } = worker(facts('trusted'));
    const file = (i: number): Partial<Input> => ({
      media: { kind: 'url', url: `https://cdn.test/${String(i)}.mp4`, credentials: 'omit' },
    });
    for (let i = 0; i < 33; i++) await read(file(i));
    await read(file(32));
    expect(seen.reads).toBe(33);
    await read(file(0));
    expect(seen.reads).toBe(34);
  });
});

describe('reads at the same time', () => {
  /** A worker that answers when it is told to. */
  function waiting() {
    const calls: { asked: Input; emit: (event: FileEvent) => void; done: (out: Output) => void }[] = [];
    const call = ((_: 'read', asked: Input, options: { signal: AbortSignal; onEvent: (e: FileEvent) => void }) =>
      new Promise((done, reject) => {
        options.signal.addEventListener('abort', () => {
          reject(new CallAborted('aborted'));
        });
        calls.push({ asked, emit: options.onEvent, done });
      })) as WorkerSlot['call'];
    const slot = rememberingSlot({ call, isRunning: () => true, close: () => undefined });
    const start = (signal = never) => {
      const heard: FileEvent[] = [];
      const ended = slot.call('read', input(), { signal, onEvent: (event) => heard.push(event) });
      return { heard, ended };
    };
    return { calls, start };
  }
  const progress: FileEvent = { type: 'progress', read: 1, total: 2 };
  const soon = (): Promise<void> => new Promise((done) => setTimeout(done, 0));

  test('of one file: the second hears what the first hears, and asks only whether the file is still the same', async () => {
    const { calls, start } = waiting();
    const first = start();
    calls[0]?.emit(progress);
    const second = start();
    expect(second.heard).toEqual([progress]);
    calls[0]?.emit(progress);
    expect([first.heard.length, second.heard.length, calls.length]).toEqual([2, 2, 1]);
    calls[0]?.done({ ...facts('trusted'), version: ONE });
    expect((await first.ended).credentials.state).toBe('trusted');
    await soon();
    expect(calls[1]?.asked.known).toEqual(ONE);
    calls[1]?.done({ ...facts('unverified'), version: ONE, isKnown: true });
    expect((await second.ended).credentials.state).toBe('trusted');
  });

  test('when the first is given up, the second reads', async () => {
    const { calls, start } = waiting();
    const stop = new AbortController();
    const first = start(stop.signal);
    const second = start();
    stop.abort();
    await expect(first.ended).rejects.toBeInstanceOf(CallAborted);
    await soon();
    expect(calls[1]?.asked.known).toBeUndefined();
    calls[1]?.done({ ...facts('changed'), version: ONE });
    expect((await second.ended).credentials.state).toBe('changed');
  });

  test('a second that is given up while it waits is over at once', async () => {
    const { calls, start } = waiting();
    start();
    const stop = new AbortController();
    const second = start(stop.signal);
    stop.abort();
    await expect(second.ended).rejects.toBeInstanceOf(CallAborted);
    expect(calls).toHaveLength(1);
  });
});
