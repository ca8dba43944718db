/** Questions to the background end, whatever the background does. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const sendMessage = vi.hoisted(() => vi.fn());
vi.mock('../../src/platform/api', () => ({ api: { runtime: { id: 'assay', sendMessage } } }));

const { send } = await import('../../src/platform/messaging');

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('an answer comes through, and no timer is left', async () => {
  sendMessage.mockResolvedValue({ ready: true });
  expect(await send('engine.ensure', null)).toEqual({ ready: true });
  expect(vi.getTimerCount()).toBe(0);
});

test('nobody there: null, and no timer is left', async () => {
  sendMessage.mockRejectedValue(new Error('Could not establish connection.'));
  expect(await send('engine.ensure', null)).toBeNull();
  expect(vi.getTimerCount()).toBe(0);
});

test('a background that is stuck: null after a while', async () => {
  sendMessage.mockReturnValue(new Promise(() => undefined));
  const answer = send('engine.ensure', null);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(await answer).toBeNull();
});
