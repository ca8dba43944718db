/** C12, C15: broken signed files in the built extension: each ends in a state of the closed list, and the worker lives. */
import { describe, expect, test } from 'vitest';
import { browserRun } from '../engine/fuzz/browser';
import { BROWSERS } from './support/launch';

const FILES = 100;

describe.each(BROWSERS)('%s', (name) => {
  test(`${String(FILES)} mutated files through the verifier`, async () => {
    const { findings, ends, restarts } = await browserRun(name, { seed: 12, from: 0, to: FILES }, () => undefined);
    expect(findings).toEqual([]);
    expect(Object.values(ends).reduce((sum, n) => sum + n, 0)).toBe(FILES);
    expect(Object.keys(ends).filter((end) => end.includes('engine-unavailable'))).toEqual([]);
    expect(restarts).toBe(0);
  });
});
