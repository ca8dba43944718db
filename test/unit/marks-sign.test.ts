/** What goes into the network that finds a mark's sign, and what is made of its answer. */
import { describe, expect, test } from 'vitest';
import { greyOf, shrunk } from '../../src/engine/marks/grey';
import { signInput, signPlaces } from '../../src/engine/marks/sign';
import type { Picture } from '../../src/engine/marks/types';

function picture(width: number, height: number, value: (x: number, y: number) => number): Picture {
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < width * height; at++) {
    rgba.fill(value(at % width, Math.floor(at / width)), at * 4, at * 4 + 3);
  }
  return { time_s: 0, width, height, rgba };
}

describe('a picture in grey', () => {
  test('green is brighter than red, and red than blue', () => {
    const rgba = new Uint8ClampedArray([255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255]);
    const grey = greyOf({ time_s: 0, width: 3, height: 1, rgba });
    expect([...grey].map(Math.round)).toEqual([76, 150, 29]);
  });

  test('keeps its mean and its sides when it is made smaller, and a line as thin as a pixel leaves a trace', () => {
    const lined = greyOf(picture(60, 30, (x) => (x === 31 ? 200 : 50)));
    const small = shrunk(lined, { width: 60, height: 30 }, { width: 20, height: 10 });
    expect(small).toHaveLength(200);
    const mean = (values: Float32Array): number => values.reduce((a, b) => a + b, 0) / values.length;
    expect(mean(small)).toBeCloseTo(mean(lined), 4);
    expect(small[10]).toBeGreaterThan(80);
    expect(small[3]).toBeCloseTo(50, 4);
  });

  test('made larger, it runs evenly from one pixel to the next', () => {
    const [first, ...rest] = shrunk(new Float32Array([0, 90]), { width: 2, height: 1 }, { width: 6, height: 1 });
    expect(first).toBe(0);
    expect(rest.map(Math.round)).toEqual([0, 30, 60, 90, 90]);
  });
});

test('the network sees both pictures, at its size, and beyond the border what is at the border', () => {
  const { data, width, height } = signInput(
    picture(430, 240, (x) => (x === 429 ? 9 : 100)),
    picture(430, 240, () => 30),
  );
  expect([width, height]).toEqual([432, 240]);
  expect([data[0], data[428], data[429], data[430], data[431]].map((v) => Math.round(v ?? 0))).toEqual([
    100, 100, 9, 9, 9,
  ]);
  expect(data[432 * 240]).toBeCloseTo(30, 4);
  const upright = signInput(
    picture(540, 960, () => 1),
    picture(540, 960, () => 1),
  );
  expect([upright.width, upright.height]).toEqual([240, 432]);
});

describe('places', () => {
  const SIZE = { width: 432, height: 240 };
  const [columns, rows] = [54, 30];
  type Cell = [x: number, y: number, probability: number, right: number, down: number, size: number];
  const answer = (cells: Cell[]): Float32Array => {
    const map = new Float32Array(4 * columns * rows);
    for (const [x, y, ...told] of cells)
      for (const [i, value] of told.entries()) map[i * columns * rows + y * columns + x] = value;
    return map;
  };
  const shown = picture(864, 480, () => 0);

  test('where the word stands, in pixels of the picture, the likeliest first', () => {
    const cells: Cell[] = [
      [10, 5, 0.6, 0.25, -0.5, 0],
      [30, 20, 0.9, 0, 0, Math.log(2)],
    ];
    const [best, second, ...more] = signPlaces(answer(cells), SIZE, shown);
    expect(more).toEqual([]);
    expect(best?.probability).toBeCloseTo(0.9, 4);
    // Print of 32 pixels of the network is 64 of the picture; the box is 1.2 times as high.
    expect(best?.box.height).toBeCloseTo(76.8, 3);
    expect(best?.box.x).toBeCloseTo(30.5 * 16 - 0.2 * 64, 3);
    expect((best?.box.y ?? 0) + (best?.box.height ?? 0) / 2).toBeCloseTo(20.5 * 16, 3);
    expect(second?.box.x).toBeCloseTo(10.75 * 16 - 0.2 * 32, 3);
  });

  test('cells beside each other are one place, and what is unlikely is none', () => {
    const cells: Cell[] = [
      [10, 5, 0.8, 0, 0, 0],
      [11, 5, 0.8, -1, 0, 0],
      [10, 6, 0.7, 0, -1, 0],
      [40, 10, 0.05, 0, 0, 0],
    ];
    expect(signPlaces(answer(cells), SIZE, shown)).toHaveLength(1);
  });

  test('boxes end at the borders, and what lies beyond them is no place', () => {
    const [place, ...more] = signPlaces(answer([[50, 0, 0.9, 0, 0, 0.2]]), SIZE, shown);
    expect(more).toEqual([]);
    expect(place?.box.y).toBe(0);
    expect((place?.box.x ?? 0) + (place?.box.width ?? 0)).toBeCloseTo(864, 6);
    expect(signPlaces(answer([[53, 0, 0.9, 0.9, 0, 1]]), SIZE, shown)).toEqual([]);
  });
});
