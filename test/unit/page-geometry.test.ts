import { describe, expect, test } from 'vitest';
import { isDecorative, isLargeEnough } from '../../src/page/eligible';
import { apart, beside, intersect } from '../../src/page/geometry';

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

  const box = rect(0, 0, 400, 200);

  test('boxes over one another give way to those before, as far as there is room', () => {
    expect(apart([box, null, box, box], true)).toEqual([box, null, rect(0, 72, 400, 200), rect(0, 144, 400, 200)]);
    expect(apart([box, box], false)).toEqual([box, rect(0, 0, 400, 128)]);
    expect(apart([box, rect(100, 40, 500, 240)], true)).toEqual([box, rect(100, 72, 500, 240)]);
  });

  test('where there is no room for all, there is none for any of them; others keep theirs', () => {
    const far = rect(500, 0, 900, 200);
    expect(apart([far, ...Array.from({ length: 5 }, () => box), far], true)).toEqual([
      far,
      ...Array.from({ length: 5 }, () => null),
      rect(500, 72, 900, 200),
    ]);
  });

  test.each([
    ['side by side, with a rounded edge', rect(390, 0, 790, 200)],
    ['below', rect(0, 199, 400, 400)],
    ['a picture in the picture, far from the badge', rect(200, 90, 380, 190)],
  ])('%s is no reason to give way', (_, other) => {
    expect(apart([box, other], true)).toEqual([box, other]);
  });

  test('a strip that is left of a video at the edge hides no badge of another one', () => {
    expect(apart([rect(0, 0, 400, 20), rect(0, 28, 400, 228)], true)).toEqual([
      rect(0, 0, 400, 20),
      rect(0, 28, 400, 228),
    ]);
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
