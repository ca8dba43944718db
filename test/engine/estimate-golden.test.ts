/**
 * The same frames give the same answer in Python, Node and every browser. The expected values were written by
 * `python -m assay_train.golden`; here the network runs as the extension runs it: plain wasm, one thread.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { slimRuntime } from '../../scripts/runtime/slim.mjs';
import type { Frame } from '../../src/contract/frames';
import { change, cutDistance, thumb } from '../../src/engine/estimate/cut';
import { glance } from '../../src/engine/estimate/glance';
import type { Glance } from '../../src/engine/estimate/glance';
import { goldenFrames } from '../../src/engine/estimate/golden';
import { networkInputs } from '../../src/engine/estimate/inputs';
import { createEstimator } from '../../src/engine/estimate/model';
import type { Estimator, EstimatorOptions } from '../../src/engine/estimate/model';
import { blockiness, detail, luma, spread } from '../../src/engine/estimate/quality';

interface Expected {
  sha256: string;
  sets: {
    seed: number;
    side: number;
    sha256_rgb: string;
    logit: number;
    score: number;
    cues: number[];
    input_head: number[];
    traces: number[];
    measures: Record<'change' | 'spread' | 'blockiness' | 'detail' | 'cut_distance', number>;
  }[];
}

const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const expected = json('test/fixtures/golden/expected.json') as Expected;
const options = (): EstimatorOptions => ({
  modelBytes: new Uint8Array(readFileSync('public/model/model.onnx')),
  modelJson: json('public/model/model.json'),
  runtime: () => Promise.resolve(slimRuntime()),
});

function rgbHash(frames: readonly Frame[]): string {
  const hash = createHash('sha256');
  for (const { rgba } of frames) hash.update(rgba.filter((_, i) => i % 4 !== 3));
  return hash.digest('hex');
}

const glances = (frames: readonly Frame[]): Glance[] => frames.map((frame, place) => glance(frame, place));

let estimator: Estimator;

beforeAll(async () => {
  const made = await createEstimator(options());
  if ('unavailable' in made) throw new Error(made.unavailable);
  estimator = made;
});
afterAll(() => estimator.release());

describe.each(expected.sets)('golden set $seed, side $side', (set) => {
  const frames = goldenFrames(set.seed, set.side);

  test('frames are the same, byte by byte', () => {
    expect(rgbHash(frames)).toBe(set.sha256_rgb);
  });

  test('network inputs agree to 1e-5', () => {
    const { frames: pixels, traces } = networkInputs(glances(frames));
    set.input_head.forEach((value, i) => {
      expect(Math.abs((pixels.values[i * 6400] ?? Number.NaN) - value)).toBeLessThan(1e-5);
    });
    set.traces.forEach((value, i) => {
      expect(Math.abs((traces.values[i * 25] ?? Number.NaN) - value)).toBeLessThan(1e-5);
    });
  });

  test('score and cues agree to 1e-3', async () => {
    const found = await estimator.score(glances(frames));
    expect(Math.abs(found.raw - set.logit)).toBeLessThan(1e-3);
    expect(Math.abs(found.score - set.score)).toBeLessThan(1e-3);
    found.cues.forEach(({ score }, i) => {
      expect(Math.abs(score - 1 / (1 + Math.exp(-(set.cues[i] ?? Number.NaN))))).toBeLessThan(1e-3);
    });
    expect(found.map.flat()).toHaveLength(25);
    expect(found.map.flat().every(Number.isFinite)).toBe(true);
  });

  test('measures agree', () => {
    const [first, second] = frames as [Frame, Frame];
    const y = luma(first);
    const thumbs = frames.map(thumb);
    expect(change(thumbs)).toBeCloseTo(set.measures.change, 4);
    expect(spread(y)).toBeCloseTo(set.measures.spread, 4);
    expect(blockiness(y, set.side)).toBeCloseTo(set.measures.blockiness, 4);
    expect(detail(y, set.side)).toBeCloseTo(set.measures.detail, 4);
    expect(cutDistance(thumb(first), thumb(second))).toBeCloseTo(set.measures.cut_distance, 4);
  });
});

describe('estimator', () => {
  test('calls at the same time run one after the other', async () => {
    const frames = expected.sets.map(({ seed, side }) => goldenFrames(seed, side));
    const scores = await Promise.all(frames.map((f) => estimator.score(glances(f))));
    scores.forEach(({ raw }, i) => {
      expect(Math.abs(raw - (expected.sets[i]?.logit ?? Number.NaN))).toBeLessThan(1e-3);
    });
  });

  test('refuses windows that are not 8 frames, and goes on', async () => {
    const frames = glances(goldenFrames(1, 240));
    await expect(estimator.score(frames.slice(1))).rejects.toThrow(RangeError);
    await expect(estimator.score(frames)).resolves.toBeDefined();
  });

  test('a model that is not the named one is not run', async () => {
    const other = options();
    other.modelBytes[1000] = (other.modelBytes[1000] ?? 0) ^ 1;
    await expect(createEstimator(other)).resolves.toHaveProperty('unavailable');
  });

  test('wrong answers to the self-test make it unavailable', async () => {
    const facts = json('public/model/model.json') as { self_test: { logit: number }[] };
    for (const set of facts.self_test) set.logit += 0.01;
    const made = await createEstimator({ ...options(), modelJson: facts });
    expect(made).toMatchObject({ unavailable: expect.stringContaining('self-test') as string });
  });

  test.each([null, {}, { id: 1 }, 'text'])('a broken model.json makes it unavailable: %j', async (modelJson) => {
    await expect(createEstimator({ ...options(), modelJson })).resolves.toHaveProperty('unavailable');
  });

  test('what ships fits its description', () => {
    expect(expected.sha256).toBe(estimator.facts.sha256);
    expect(estimator.facts.bytes).toBe(options().modelBytes.length);
    expect(estimator.facts.bytes).toBeLessThanOrEqual(6_000_000);
    expect(estimator.facts.thresholds.some).toBeLessThan(estimator.facts.thresholds.strong);
  });
});
