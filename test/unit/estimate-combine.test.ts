import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { estimateSchema } from '../../src/contract/label';
import { bandOf, scoredWindow, toEstimate } from '../../src/engine/estimate/estimate';
import type { ScoredWindow } from '../../src/engine/estimate/estimate';

const facts = { id: 'm', sha256: 'ab', thresholds: { strong: 0.95, some: 0.8 }, disagree_logit: 2 };

function scored(from_s: number, raw: number): ScoredWindow {
  const map = Array.from({ length: 5 }, () => Array<number>(5).fill(raw / 25));
  return { from_s, to_s: from_s + 2, raw, cues: [{ cue: 'texture', score: 0.7, weight: 1 }], map };
}

describe('toEstimate', () => {
  test('one window: its own score', () => {
    const e = toEstimate([scored(0, 0)], [], facts, [3, 8]);
    expect(e).toMatchObject({
      state: 'answered',
      score: 0.5,
      band: 'few',
      reason: null,
      coverage_s: 2,
      frames: [3, 8],
    });
    expect(e.windows).toEqual([{ from_s: 0, to_s: 2, score: 0.5 }]);
    expect(e.cues).toEqual([{ cue: 'texture', score: 0.7, weight: 1 }]);
    expect(e.model).toEqual({ id: 'm', sha256: 'ab' });
    expect(v.is(estimateSchema, e)).toBe(true);
  });

  test('several windows: mean logit, by time, coverage without overlaps', () => {
    const e = toEstimate([scored(4, 4), scored(0, 2), scored(1, 3)], [], facts);
    expect(e.score).toBeCloseTo(1 / (1 + Math.exp(-3)), 4);
    expect(e.band).toBe('strong');
    expect(e.windows.map((w) => w.from_s)).toEqual([0, 1, 4]);
    expect(e.coverage_s).toBe(5);
    expect(e.map?.[0]?.[0]).toBeCloseTo(3 / 25, 4);
  });

  test('windows that contradict each other give no band', () => {
    const e = toEstimate([scored(0, -1), scored(2, 2)], [], facts);
    expect(e).toMatchObject({ state: 'cannot-tell', reason: 'cues-disagree', score: null, band: null });
    expect(e.windows).toHaveLength(2);
    expect(v.is(estimateSchema, e)).toBe(true);
  });

  test('no window: the commonest reason, or still looking', () => {
    expect(toEstimate([], [], facts, [2, 8])).toMatchObject({ reason: 'still-looking', frames: [2, 8] });
    expect(toEstimate([], ['black', 'static', 'static'], facts).reason).toBe('static');
    expect(toEstimate([], ['black', 'static'], facts).reason).toBe('black');
  });

  test('refused windows do not touch the score of the others', () => {
    expect(toEstimate([scored(0, 4)], ['static'], facts)).toMatchObject({ state: 'answered', band: 'strong' });
  });
});

test('a window lasts until one step after its last frame', () => {
  const frames = [1, 1.25, 1.5].map((time_s) => ({ time_s, side: 1, rgba: new Uint8ClampedArray(4) }));
  expect(scoredWindow(frames, { score: 0.5, raw: 0, cues: [], map: [] })).toMatchObject({ from_s: 1, to_s: 1.75 });
  expect(toEstimate([{ from_s: 0, to_s: 2, raw: 0, cues: [] }], [], facts).map).toBeNull();
});

test('bands start at their thresholds', () => {
  expect([0.79, 0.8, 0.949, 0.95].map((s) => bandOf(s, facts.thresholds))).toEqual(['few', 'some', 'some', 'strong']);
});
