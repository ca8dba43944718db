import { describe, expect, test } from 'vitest';
import type { Frame } from '../../src/contract/frames';
import { createGatherer } from '../../src/engine/estimate/window';

/** A frame of one of two scenes: white on the left of black, or brown above green. */
function frame(time_s: number, scene: 'left' | 'top' = 'left', side = 128): Frame {
  const rgba = new Uint8ClampedArray(side * side * 4);
  const left = (i: number): number[] => (i % side > side / 2 ? [0, 0, 0, 255] : [255, 255, 255, 255]);
  const top = (i: number): number[] => (i > (side * side) / 2 ? [40, 150, 30, 255] : [120, 80, 40, 255]);
  for (let i = 0; i < side * side; i++) rgba.set(scene === 'left' ? left(i) : top(i), i * 4);
  return { time_s, side, rgba };
}

const times = (from: number, n: number, step = 0.25): number[] => Array.from({ length: n }, (_, i) => from + i * step);

function gather(frames: Frame[]): { windows: number[][]; progress: [number, number] } {
  const gatherer = createGatherer();
  const windows = frames.map((f) => gatherer.add(f)).filter((w) => w !== null);
  return {
    windows: windows.map((w) => w.map((f) => f.time_s)),
    progress: gatherer.progress(),
  };
}

describe('createGatherer', () => {
  test('eight frames make a window', () => {
    expect(gather(times(0, 8).map((t) => frame(t))).windows).toEqual([times(0, 8)]);
    expect(gather(times(0, 7).map((t) => frame(t)))).toMatchObject({ windows: [], progress: [7, 8] });
  });

  test('frames of a second window follow', () => {
    expect(gather(times(3, 20).map((t) => frame(t)))).toMatchObject({
      windows: [times(3, 8), times(5, 8)],
      progress: [4, 8],
    });
  });

  test('steps may be off by a frame of a slow video', () => {
    const uneven = [0, 0.3, 0.5, 0.8, 1, 1.3, 1.5, 1.8].map((t) => frame(t));
    expect(gather(uneven).windows).toHaveLength(1);
  });

  test('a gap starts anew', () => {
    const frames = [...times(0, 5), ...times(9, 8)].map((t) => frame(t));
    expect(gather(frames).windows).toEqual([times(9, 8)]);
  });

  test('a seek back starts anew, and the same time twice counts once', () => {
    const frames = [...times(5, 5), ...times(0, 4), 0.75, ...times(1, 4)].map((t) => frame(t));
    expect(gather(frames).windows).toEqual([times(0, 8)]);
  });

  test('a window never spans a cut', () => {
    const frames = times(0, 13).map((t, i) => frame(t, i < 5 ? 'left' : 'top'));
    expect(gather(frames)).toMatchObject({ windows: [times(1.25, 8)] });
  });

  test('a change of size starts anew', () => {
    const frames = times(0, 13).map((t, i) => frame(t, 'left', i < 5 ? 128 : 144));
    expect(gather(frames).windows).toEqual([times(1.25, 8)]);
  });

  test('what comes after a gap, a jump or a cut fills a new window', () => {
    const gatherer = createGatherer();
    const add = (t: number, scene: 'left' | 'top' = 'left'): number => {
      expect(gatherer.add(frame(t, scene))).toBeNull();
      return gatherer.progress()[0];
    };
    expect([0, 0.25, 0.5, 5, 5.25, 2, 2.25].map((t) => add(t))).toEqual([1, 2, 3, 1, 2, 1, 2]);
    expect(add(2.5, 'top')).toBe(1);
    gatherer.clear();
    expect(gatherer.progress()).toEqual([0, 8]);
  });

  test('of each frame is kept what its place in the window asks for, and the frame is let go', () => {
    const gatherer = createGatherer();
    const frames = times(0, 8).map((t) => frame(t));
    const window = frames.map((f) => gatherer.add(f)).at(-1) ?? [];
    const kept = window.map(({ coarse, fine, measures }) => [coarse, fine, measures].map((part) => part !== null));
    expect(kept.map((parts) => parts.map(Number).join(''))).toEqual([
      '101',
      '010',
      '100',
      '000',
      '101',
      '010',
      '100',
      '000',
    ]);
    expect(frames.map(({ rgba }) => rgba.length)).toEqual(Array<number>(8).fill(0));
  });
});
