import { describe, expect, test } from 'vitest';
import type { Frame } from '../../src/contract/frames';
import { TRACE_COLUMNS, traceCounts, traces } from '../../src/engine/estimate/traces';

function frameOf(side: number, grey: (x: number, y: number) => number): Frame {
  const rgba = new Uint8ClampedArray(side * side * 4);
  for (let i = 0; i < side * side; i++) {
    const value = grey(i % side, Math.floor(i / side));
    rgba.set([value, value, value, 255], i * 4);
  }
  return { time_s: 0, side, rgba };
}

const tracesOf = (...frames: Frame[]): Float32Array => traces(frames.map(traceCounts));

const HALF = TRACE_COLUMNS / 2;
/** Position of a chain of levels, each 0..4. */
const chain = (...levels: number[]): number => levels.reduce((code, level) => code * 5 + level, 0);
const share = (found: Float32Array, at: number): number => Math.exp(found[at] ?? Number.NaN) - 1e-5;

describe('traces', () => {
  test('a slope has no residuals', () => {
    const found = tracesOf(frameOf(240, (x) => x));
    expect(found).toHaveLength(TRACE_COLUMNS);
    // A chain that is its own reverse and negative counts four times.
    expect(share(found, chain(2, 2, 2, 2))).toBeCloseTo(4, 3);
    expect(share(found, HALF + chain(2, 2, 2, 2))).toBeCloseTo(4, 3);
  });

  test('stripes alternate along their direction and are even across it', () => {
    const found = tracesOf(frameOf(128, (x) => 100 + (x % 2)));
    expect(share(found, chain(1, 3, 1, 3))).toBeGreaterThan(0.9);
    expect(share(found, chain(1, 1, 1, 1))).toBeCloseTo(0, 4);
    expect(share(found, HALF + chain(1, 1, 1, 1))).toBeGreaterThan(0.9);
    expect(share(found, HALF + chain(1, 3, 1, 3))).toBeCloseTo(0, 4);
  });

  test.each([
    [1, chain(2, 2, 2, 2)],
    [2, chain(3, 1, 1, 3)],
    [3, chain(4, 0, 0, 4)],
  ])('half a level goes to the even one: steps of %i grey levels', (height, expected) => {
    const found = tracesOf(frameOf(128, (x) => 100 + height * ((x >> 1) % 2)));
    expect(share(found, expected)).toBeGreaterThan(0.4);
    const others = [chain(2, 2, 2, 2), chain(3, 1, 1, 3), chain(4, 0, 0, 4)].filter((code) => code !== expected);
    // Along the stripes there is nothing, whatever their height.
    for (const code of others) expect(share(found, code)).toBeCloseTo(code === chain(2, 2, 2, 2) ? 2 : 0, 1);
  });

  test('all frames count', () => {
    const [quiet, loud] = [frameOf(200, () => 90), frameOf(200, (x, y) => ((x * 7 + y * 13) % 5) * 40)];
    expect(tracesOf(quiet, loud)).not.toEqual(tracesOf(quiet));
    expect(tracesOf(quiet, loud)).toEqual(tracesOf(loud, quiet));
  });

  test('a frame smaller than a crop is refused', () => {
    expect(() => tracesOf(frameOf(127, () => 0))).toThrow(RangeError);
  });
});
