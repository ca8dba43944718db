/** What goes into the networks of the picture reader and what is made of their answers. */
import { describe, expect, test } from 'vitest';
import { detectorInput, textBoxes } from '../../src/engine/marks/detect';
import { greedyText, lineInput } from '../../src/engine/marks/recognise';
import { darker, sidesView, wholeView } from '../../src/engine/marks/views';
import type { Picture } from '../../src/engine/marks/types';

function grey(width: number, height: number, value: (x: number, y: number) => number): Picture {
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < width * height; at++) {
    rgba.fill(value(at % width, Math.floor(at / width)), at * 4, at * 4 + 3);
  }
  return { time_s: 0, width, height, rgba };
}

describe('boxes of a map', () => {
  const map = (width: number, height: number, cells: [number, number, number, number, number][]): Float32Array => {
    const out = new Float32Array(width * height);
    for (const [x0, y0, w, h, p] of cells)
      for (let y = y0; y < y0 + h; y++) out.fill(p, y * width + x0, y * width + x0 + w);
    return out;
  };

  test('one a connected part, grown, within the picture', () => {
    const cells: [number, number, number, number, number][] = [
      [10, 10, 20, 6, 0.9],
      [60, 40, 4, 24, 0.8],
    ];
    const boxes = textBoxes(map(64, 64, cells), 64, { width: 64, height: 60 });
    expect(boxes).toHaveLength(2);
    expect(boxes[0]?.x).toBeCloseTo(10 - 3.46, 1);
    expect(boxes[0]?.width).toBeCloseTo(20 + 6.92, 1);
    expect((boxes[1]?.y ?? 99) + (boxes[1]?.height ?? 99)).toBeLessThanOrEqual(60);
  });

  test('faint, thin and improbable parts are left out', () => {
    const cells: [number, number, number, number, number][] = [
      [0, 0, 20, 6, 0.29],
      [0, 20, 20, 2, 0.9],
      [0, 40, 20, 6, 0.4],
    ];
    expect(textBoxes(map(64, 64, cells), 64, { width: 64, height: 64 })).toEqual([]);
  });

  test('parts at the borders don’t run into the next row', () => {
    const cells: [number, number, number, number, number][] = [
      [28, 4, 4, 4, 0.9],
      [0, 5, 4, 4, 0.9],
    ];
    expect(textBoxes(map(32, 32, cells), 32, { width: 32, height: 32 })).toHaveLength(2);
  });
});

test('the detector sees a picture as it is, black up to the next 32', () => {
  const { data, width, height } = detectorInput(grey(40, 33, () => 255));
  expect([width, height]).toEqual([64, 64]);
  expect(data[0]).toBeCloseTo((1 - 0.485) / 0.229, 4);
  expect(data[39]).toBeCloseTo((1 - 0.485) / 0.229, 4);
  expect(data[40]).toBe(0);
});

test('the recogniser sees a line 48 high', () => {
  const half = grey(100, 50, (x) => (x < 50 ? 0 : 255));
  const { data, width } = lineInput(half, { x: 0, y: 10, width: 100, height: 24 });
  expect(width).toBe(224);
  expect(data[0]).toBe(-1);
  expect(data[190]).toBe(1);
  expect(data[210]).toBe(0);
});

test('repeated signs count once, unless a blank is between them', () => {
  const column = (best: number, p: number): number[] => [0, 1, 2, 3].map((i) => (i === best ? p : 0));
  const columns = [column(1, 0.9), column(1, 0.9), column(0, 1), column(1, 0.7), column(3, 0.8), column(0, 1)];
  const { text, confidence } = greedyText(new Float32Array(columns.flat()), ['a', 'b', 'c']);
  expect(text).toBe('aac');
  expect(confidence).toBeCloseTo(0.8, 5);
  expect(greedyText(new Float32Array(column(0, 1)), ['a', 'b', 'c'])).toEqual({ text: '', confidence: 0 });
});

describe('views', () => {
  const picture = grey(960, 540, (x, y) => (x > 900 && y > 500 ? 255 : 0));

  test('the whole, smaller, and boxes back at their size', () => {
    const { picture: small, toPicture } = wholeView(picture);
    expect([small.width, small.height]).toEqual([640, 360]);
    expect(toPicture({ x: 600, y: 340, width: 20, height: 10 })).toEqual({ x: 900, y: 510, width: 30, height: 15 });
  });

  test('the sides at full size, and boxes back in their side', () => {
    const { picture: shown, toPicture } = sidesView(picture);
    expect([shown.width, shown.height]).toEqual([640, 540]);
    expect(shown.rgba[(539 * 640 + 639) * 4]).toBe(255);
    expect(shown.rgba[(539 * 640 + 320) * 4]).toBe(0);
    expect(toPicture({ x: 600, y: 518, width: 30, height: 12 })).toEqual({ x: 920, y: 518, width: 30, height: 12 });
    expect(toPicture({ x: 10, y: 10, width: 30, height: 12 })).toEqual({ x: 10, y: 10, width: 30, height: 12 });
  });

  test('the sides of an upright picture are smaller, so that they cost no more', () => {
    const { picture: shown, toPicture } = sidesView(grey(540, 960, () => 0));
    expect(shown.width * shown.height).toBeLessThan(352_000);
    const box = toPicture({ x: shown.width - 30, y: shown.height - 12, width: 30, height: 12 });
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeCloseTo(540, 0);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeCloseTo(960, -1);
  });

  test('the darker of two pictures keeps what is bright in both', () => {
    const moving = (at: number) => grey(4, 1, (x) => (x === at || x === 3 ? 200 : 20));
    const { rgba } = darker(moving(0), moving(1));
    expect([0, 1, 2, 3].map((x) => rgba[x * 4])).toEqual([20, 20, 20, 200]);
  });

  test('what was cut off is no whole line', () => {
    const { toPicture } = sidesView(picture);
    expect(toPicture({ x: 280, y: 10, width: 39, height: 12 })).toBeNull();
    expect(toPicture({ x: 322, y: 10, width: 39, height: 12 })).toBeNull();
    expect(toPicture({ x: 300, y: 10, width: 60, height: 12 })).toBeNull();
  });

  test.each([
    [100, 60],
    [240, 426],
    [1, 1],
  ])('a picture of %i x %i has both', (width, height) => {
    const small = grey(width, height, () => 9);
    for (const view of [wholeView(small), sidesView(small)]) expect(view.picture.width).toBeGreaterThan(0);
  });
});
