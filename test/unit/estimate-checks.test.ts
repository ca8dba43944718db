import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Frame } from '../../src/contract/frames';
import { LIMITS, windowReason as reasonOf } from '../../src/engine/estimate/checks';
import { CUT_LIMIT, isCut as isCutBetween, thumb } from '../../src/engine/estimate/cut';
import { glance } from '../../src/engine/estimate/glance';
import { goldenFrames } from '../../src/engine/estimate/golden';
import { blockiness, detail, luma } from '../../src/engine/estimate/quality';

const size = { width: 640, height: 360 };
const moving = goldenFrames(1, 240);
const first = moving[0] as Frame;

const windowReason = (frames: Frame[], of: typeof size): ReturnType<typeof reasonOf> =>
  reasonOf(
    frames.map((frame, place) => glance(frame, place)),
    of,
  );
const shown = (frame: Frame) => ({ side: frame.side, thumb: thumb(frame) });
const isCut = (a: Frame, b: Frame): boolean => isCutBetween(shown(a), shown(b));

function painted(value: (x: number, y: number) => number): Frame {
  const rgba = new Uint8ClampedArray(240 * 240 * 4);
  for (let i = 0; i < 240 * 240; i++) {
    const v = value(i % 240, Math.floor(i / 240));
    rgba.set([v, v, v, 255], i * 4);
  }
  return { ...first, rgba };
}

describe('windowReason', () => {
  test('lets a plain window through', () => {
    expect(windowReason(moving, size)).toBeNull();
  });

  test('names small videos', () => {
    expect(windowReason(moving, { width: 426, height: 238 })).toBe('too-small');
  });

  test('names black and flat windows', () => {
    for (const value of [0, 16, 255]) {
      expect(windowReason(Array<Frame>(8).fill(painted(() => value)), size)).toBe('black');
    }
  });

  test('names a window that stands still', () => {
    expect(windowReason(Array<Frame>(8).fill(first), size)).toBe('static');
  });

  test('names blocks and blur', () => {
    const blocks = moving.map((f, t) => ({
      ...painted((x, y) => (Math.imul(Math.floor(x / 8) * 31 + Math.floor(y / 8) * 57 + t, 2654435761) >>> 24) & 255),
      time_s: f.time_s,
    }));
    const blur = moving.map((f, t) => ({
      ...painted((x, y) => 128 + 60 * Math.sin((x + t * 4) / 20) + 60 * Math.cos(y / 20)),
      time_s: f.time_s,
    }));
    expect(windowReason(blocks, size)).toBe('low-quality');
    expect(windowReason(blur, size)).toBe('low-quality');
  });
});

describe('measures', () => {
  test('blockiness finds a grid of any phase and leaves texture alone', () => {
    const grid = (phase: number): number =>
      blockiness(luma(painted((x, y) => 40 * (((x + phase) >> 3) & 1) + 40 * (((y + phase) >> 3) & 1) + (x & 3))), 240);
    for (const phase of [0, 3, 7]) expect(grid(phase)).toBeGreaterThan(LIMITS.blockiness);
    expect(blockiness(luma(first), 240)).toBeLessThan(LIMITS.blockiness);
  });

  test('detail falls with blur', () => {
    const sharp = detail(luma(painted((x, y) => ((x * 7 + y * 13) & 31) * 8)), 240);
    const soft = detail(luma(painted((x, y) => 128 + 50 * Math.sin(x / 40) + 50 * Math.sin(y / 40))), 240);
    expect(sharp).toBeGreaterThan(10 * soft);
  });
});

describe('isCut', () => {
  test('tells a cut from motion and from a change of brightness', () => {
    const darker = { ...first, rgba: first.rgba.map((v, i) => (i % 4 === 3 ? v : Math.max(0, v - 30))) };
    const other = painted((x, y) => (x > 120 !== y > 120 ? 230 : 20));
    expect(isCut(first, moving[1] as Frame)).toBe(false);
    expect(isCut(first, darker)).toBe(false);
    expect(isCut(first, other)).toBe(true);
  });

  test('flat frames: a change of colour is a cut, the same colour is not', () => {
    expect(
      isCut(
        painted(() => 0),
        painted(() => 0),
      ),
    ).toBe(false);
    expect(
      isCut(
        painted(() => 0),
        painted(() => 200),
      ),
    ).toBe(true);
  });

  test('a change of size is a cut', () => {
    expect(isCut(first, goldenFrames(1, 256)[0] as Frame)).toBe(true);
  });
});

test('thresholds are those that were measured', () => {
  const { thresholds } = JSON.parse(readFileSync('training/results/checks.json', 'utf8')) as { thresholds: unknown };
  expect({ ...LIMITS, cut: CUT_LIMIT }).toEqual(thresholds);
});
