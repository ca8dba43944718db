/** How soon, and how often, gathered work is done. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { gathered } from '../../src/page/gather';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** When the work was done, in ms, if it is asked for every millisecond and takes so long. */
function timesOf(takesMs: number, forMs: number): number[] {
  const begin = performance.now();
  const times: number[] = [];
  const ask = gathered(() => {
    times.push(performance.now() - begin);
    vi.setSystemTime(Date.now() + takesMs);
    vi.advanceTimersByTime(takesMs);
  });
  while (performance.now() - begin < forMs) {
    ask();
    vi.advanceTimersByTime(1);
  }
  return times;
}

test('after a quiet time it is done soon, then ten times a second at most', () => {
  expect(timesOf(0, 500)).toEqual([10, 110, 210, 310, 410]);
});

test('work that takes long is done more seldom', () => {
  const [first, second] = timesOf(10, 1_200);
  expect(first).toBe(10);
  expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(500);
});
