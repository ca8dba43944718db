import { describe, expect, test } from 'vitest';
import { isDecorative, isLargeEnough } from '../../src/page/eligible';
import { beside, intersect } from '../../src/page/geometry';

const rect = (left: number, top: number, right: number, bottom: number) => ({ left, top, right, bottom });

describe('geometry', () => {
  test('the shared part of two boxes', () => {
    expect(intersect(rect(0, 0, 10, 10), rect(5, 5, 20, 20))).toEqual(rect(5, 5, 10, 10));
    expect(intersect(rect(0, 0, 10, 10), rect(10, 0, 20, 10))).toBeNull();
  });

  test.each([
    ['nowhere', rect(0, 200, 900, 300), rect(0, 0, 100, 100)],
    ['over its top', rect(0, -20, 900, 40), rect(0, 40, 100, 100)],
    ['over its bottom', rect(0, 70, 900, 300), rect(0, 0, 100, 70)],
    ['over nearly all of it', rect(0, 0, 900, 80), null],
    ['over all of it', rect(-5, -5, 900, 900), null],
  ])('what is left of a video when something lies %s', (_, over, left) => {
    expect(beside(rect(0, 0, 100, 100), over)).toEqual(left);
  });
});

describe('which videos', () => {
  test.each([
    [160, 90, true],
    [159, 90, false],
    [160, 89, false],
  ])('%i x %i', (width, height, expected) => {
    expect(isLargeEnough({ width, height })).toBe(expected);
  });

  test('decorative: muted, looping, by itself, without controls', () => {
    const hero = { muted: true, loop: true, autoplay: true, controls: false };
    expect(isDecorative(hero)).toBe(true);
    for (const change of [{ muted: false }, { loop: false }, { autoplay: false }, { controls: true }]) {
      expect(isDecorative({ ...hero, ...change })).toBe(false);
    }
  });
});
