import { describe, expect, test } from 'vitest';
import type { Frame } from '../../src/contract/frames';
import { MAX_PENDING, createGatherer } from '../../src/engine/estimate/window';

/** A frame of one of two scenes: white on the left of black, or brown above green. */
function frame(time_s: number, scene: 'left' | 'top' = 'left', side = 32): Frame {
  const rgba = new Uint8ClampedArray(side * side * 4);
  const left = (i: number): number[] => (i % side > side / 2 ? [0, 0, 0, 255] : [255, 255, 255, 255]);
  const top = (i: number): number[] => (i > (side * side) / 2 ? [40, 150, 30, 255] : [120, 80, 40, 255]);
  for (let i = 0; i < side * side; i++) rgba.set(scene === 'left' ? left(i) : top(i), i * 4);
  return { time_s, side, rgba };
}

const times = (from: number, n: number, step = 0.25): number[] => Array.from({ length: n }, (_, i) => from + i * step);

function gather(frames: Frame[]): { windows: number[][]; progress: [number, number]; cut: boolean } {
  const gatherer = createGatherer();
  const windows = frames.map((f) => gatherer.add(f)).filter((w) => w !== null);
  return {
    windows: windows.map((w) => w.map((f) => f.time_s)),
    progress: gatherer.progress(),
    cut: gatherer.sawCut(),
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

  test('order of arrival does not matter', () => {
    const shuffled = [5, 0, 7, 2, 1, 6, 4, 3].map((i) => frame(i * 0.25));
    expect(gather(shuffled).windows).toEqual([times(0, 8)]);
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
    expect(gather(frames)).toMatchObject({ windows: [times(1.25, 8)], cut: true });
  });

  test('a change of size starts anew', () => {
    const frames = times(0, 13).map((t, i) => frame(t, 'left', i < 5 ? 32 : 48));
    expect(gather(frames).windows).toEqual([times(1.25, 8)]);
  });

  test('keeps a bounded number of frames', () => {
    const gatherer = createGatherer();
    const lonely = times(0, MAX_PENDING * 2, 5);
    for (const t of lonely) expect(gatherer.add(frame(t))).toBeNull();
    for (const t of times(lonely.at(-1) ?? 0, 7)) gatherer.add(frame(t));
    expect(gatherer.progress()).toEqual([7, 8]);
    gatherer.clear();
    expect(gatherer.progress()).toEqual([0, 8]);
  });
});
