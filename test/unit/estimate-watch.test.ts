/** What a watcher makes of a video that plays again, or from elsewhere. */
import { expect, test, vi } from 'vitest';
import type { Frame } from '../../src/contract/frames';
import { goldenFrames } from '../../src/engine/estimate/golden';
import type { Estimator } from '../../src/engine/estimate/model';
import { createWatcher } from '../../src/engine/estimate/watch';

const looks = goldenFrames(1, 240);
const facts = { id: 'm', sha256: '', thresholds: { strong: 0.9, some: 0.8 }, disagree_logit: 9 };

function stage() {
  const score = vi.fn(() => Promise.resolve({ raw: 0, score: 0.5, cues: [], map: [] }));
  const network = { facts, score, release: () => Promise.resolve() } as unknown as Estimator;
  const watcher = createWatcher(network, { width: 640, height: 360 });
  /** Frames each quarter of a second. */
  const play = async (from_s: number, count: number): Promise<void> => {
    for (let i = 0; i < count; i++) {
      const { side, rgba } = looks[i % 8] as Frame;
      await watcher.add({ side, rgba: rgba.slice(), time_s: from_s + i / 4 });
    }
  };
  return { score, watcher, play };
}

test('a clip that plays again and again is scored once, and the look ends all the same', async () => {
  const { score, watcher, play } = stage();
  for (let round = 0; round < 5; round++) await play(0, 8);
  expect(score).toHaveBeenCalledTimes(1);
  expect(watcher.wantsFrames()).toBe(false);
  expect(watcher.estimate()).toMatchObject({ state: 'answered', coverage_s: 2, windows: [{ from_s: 0, to_s: 2 }] });
});

test('frames before and after a jump back share no window', async () => {
  const { score, play } = stage();
  await play(2, 7);
  await play(1.875, 7);
  expect(score).not.toHaveBeenCalled();
});

test('further stretches count', async () => {
  const { score, watcher, play } = stage();
  await play(0, 8);
  await play(4, 8);
  await play(1, 8);
  expect(score).toHaveBeenCalledTimes(3);
  expect(watcher.estimate().windows.map((w) => w.from_s)).toEqual([0, 1, 4]);
});
