/** A server that answers and then fails is said to have answered. */
import { expect, test } from 'vitest';
import { brokenOff, tooSlow } from '../../src/cli/unreached';

test('how far a video came is said', () => {
  const half = { bytes_read: 5, bytes_total: 9 };
  expect(tooSlow('a', half).error).toEqual({
    code: 'timed-out',
    message: 'a was too slow: 5 of 9 bytes came in time.',
  });
  expect(brokenOff('a', { ...half, bytes_total: null }).error).toEqual({
    code: 'connection-lost',
    message: 'a broke off: 5 bytes came.',
  });
});
