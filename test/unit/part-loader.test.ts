/** A further part of the content script comes, however long the background takes to listen. */
import { afterEach, expect, test, vi } from 'vitest';

const answers: ({ injected: boolean } | null)[] = [];
const asked: unknown[] = [];
vi.mock('../../src/platform/api', () => ({ isContextAlive: () => true }));
vi.mock('../../src/platform/messaging', () => ({
  send: (_name: string, input: unknown) => {
    asked.push(input);
    return Promise.resolve(answers.shift() ?? null);
  },
}));
const { partLoader } = await import('../../src/entries/part-loader');
const { fillSlot } = await import('../../src/page/slot');

afterEach(() => {
  vi.useRealTimers();
  answers.length = 0;
  asked.length = 0;
});

test.each([
  ['at once', []],
  ['nobody listens yet', [null, { injected: false }]],
  ['a machine that is busy for ten seconds', [null, null, null]],
])('%s', async (_what, before) => {
  vi.useFakeTimers();
  answers.push(...before, { injected: true });
  const load = partLoader<string>('sites');
  const loaded = load();
  fillSlot('sites', 'here');
  await vi.advanceTimersByTimeAsync(15_000);
  expect(await loaded).toBe('here');
  expect(asked).toHaveLength(before.length + 1);
  expect(await load()).toBe('here');
});

test('what can’t be had is null, and is asked for again by the next call', async () => {
  vi.useFakeTimers();
  const load = partLoader<string>('sites');
  const loaded = load();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await loaded).toBeNull();
  answers.push({ injected: true });
  fillSlot('sites', 'here');
  expect(await load()).toBe('here');
});
