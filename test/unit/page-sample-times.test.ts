import { describe, expect, test } from 'vitest';
import { MAX_WINDOWS } from '../../src/contract/frames';
import { sampleTimes, WINDOW_EVERY_MS } from '../../src/page/sample-times';

/** Plays a video of so many frames per second at a rate; answers the media times of the frames taken. */
function play(seconds: number, fps: number, rate = 1, skip: (time: number) => boolean = () => false): number[] {
  const times = sampleTimes();
  const taken: number[] = [];
  for (let i = 0; i / fps < seconds; i++) {
    const media = i / fps;
    const now = (media / rate) * 1000;
    if (skip(media) || !times.wants(media, now)) continue;
    times.took(media, now);
    taken.push(media);
  }
  return taken;
}

const steps = (taken: number[]): number[] => taken.slice(1).map((t, i) => t - (taken[i] ?? 0));

describe('a video that begins again', () => {
  /** Plays it over and over. */
  function rounds(length_s: number, fps: number, times_played: number): { rounds: number; windows: number } {
    const times = sampleTimes();
    for (let i = 0; i / fps < length_s * times_played; i++) {
      const [media, now] = [(i / fps) % length_s, (i / fps) * 1000];
      if (times.wants(media, now)) times.took(media, now);
    }
    return { rounds: times.rounds(), windows: times.windows() };
  }

  test('short and with few frames: no round has enough of them, and it says how many there were', () => {
    expect(rounds(2, 10, 3)).toEqual({ rounds: 2, windows: 0 });
  });

  test('with frames enough: windows', () => {
    expect(rounds(2, 30, 3).windows).toBeGreaterThan(1);
  });
});

describe('when frames are taken', () => {
  test.each([
    [24, 1],
    [30, 1],
    [60, 1],
    [60, 4],
  ])('a window of eight frames at %i per second, %i times as fast', (fps, rate) => {
    const window = play(2.5, fps, rate).slice(0, 8);
    expect(window).toHaveLength(8);
    for (const step of steps(window)) expect(Math.abs(step - 0.25)).toBeLessThanOrEqual(0.13);
  });

  test('at most one window in two seconds, and five of them', () => {
    const taken = play(60, 30);
    expect(taken).toHaveLength(8 * MAX_WINDOWS);
    const starts = taken.filter((_, i) => i % 8 === 0);
    for (const gap of steps(starts)) expect(gap * 1000).toBeGreaterThanOrEqual(WINDOW_EVERY_MS - 1);
  });

  test('a gap begins a new window at once', () => {
    const taken = play(4, 30, 1, (t) => t > 0.8 && t < 1.6);
    const after = taken.filter((t) => t > 1);
    expect(after[0]).toBeCloseTo(1.6, 1);
    expect(after.length).toBeGreaterThanOrEqual(8);
  });

  test('a jump back begins a new window', () => {
    const times = sampleTimes();
    expect(times.wants(10, 0)).toBe(true);
    times.took(10, 0);
    expect(times.wants(2, 100)).toBe(true);
  });
});
