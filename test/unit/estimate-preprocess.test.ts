import { describe, expect, test } from 'vitest';
import type { Frame } from '../../src/contract/frames';
import { goldenFrames } from '../../src/engine/estimate/golden';
import { FINE_SIDE, INPUT_SIDE, areaResize, networkInput } from '../../src/engine/estimate/preprocess';

function frameOf(side: number, colour: (x: number, y: number) => [number, number, number]): Frame {
  const rgba = new Uint8ClampedArray(side * side * 4);
  for (let i = 0; i < side * side; i++) rgba.set([...colour(i % side, Math.floor(i / side)), 255], i * 4);
  return { time_s: 0, side, rgba };
}

describe('areaResize', () => {
  test('averages whole blocks', () => {
    const frame = frameOf(4, (x, y) => [x * 10, y * 10, x < 2 ? 0 : 200]);
    expect(Array.from(areaResize(frame, 2))).toEqual([5, 5, 0, 25, 5, 200, 5, 25, 0, 25, 25, 200]);
  });

  test('counts pixels by the covered fraction', () => {
    const frame = frameOf(3, (x) => [[0, 90, 255][x] ?? 0, 0, 0]);
    const out = areaResize(frame, 2);
    expect(out[0]).toBeCloseTo(30, 10);
    expect(out[3]).toBeCloseTo((45 + 255) / 1.5, 10);
  });

  test.each([240, 241, 331, 479, 1080])('keeps a flat colour, side %i', (side) => {
    const out = areaResize(
      frameOf(side, () => [10, 128, 250]),
      INPUT_SIDE,
    );
    for (let i = 0; i < out.length; i += 3) {
      const far = Math.max(...[10, 128, 250].map((value, c) => Math.abs(value - (out[i + c] ?? Number.NaN))));
      if (!(far < 1e-9)) expect.fail(`pixel ${String(i / 3)} is ${String(far)} off`); // a look of its own for each is slow
    }
  });

  test('leaves a frame of the target size as it is', () => {
    const frame = frameOf(16, (x, y) => [x * 16, y * 16, (x * y) & 255]);
    expect(Array.from(areaResize(frame, 16).slice(0, 6))).toEqual([0, 0, 0, 16, 0, 0]);
  });

  test('refuses a frame whose bytes do not fit its side', () => {
    expect(() => areaResize({ time_s: 0, side: 4, rgba: new Uint8ClampedArray(10) }, 2)).toThrow(RangeError);
    expect(() => areaResize({ time_s: 0, side: 0, rgba: new Uint8ClampedArray(0) }, 2)).toThrow(RangeError);
  });
});

describe('networkInput', () => {
  test('is channel, row, column in -1..1', () => {
    const input = networkInput(
      frameOf(240, () => [0, 255, 127.5]),
      INPUT_SIDE,
    );
    const plane = INPUT_SIDE * INPUT_SIDE;
    expect(input).toHaveLength(3 * plane);
    expect(input[0]).toBe(-1);
    expect(input[plane]).toBeCloseTo(1, 6);
    expect(input[2 * plane]).toBeCloseTo(128 / 127.5 - 1, 6);
  });

  test('ignores alpha', () => {
    const [frame] = goldenFrames(1, 240) as [Frame];
    const clear = { ...frame, rgba: frame.rgba.map((value, i) => (i % 4 === 3 ? 7 : value)) };
    expect(networkInput(clear, FINE_SIDE)).toEqual(networkInput(frame, FINE_SIDE));
  });
});
