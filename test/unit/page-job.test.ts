/** A job whose engine, or whose video's source, is another one from some time on. */
import { expect, test, vi } from 'vitest';
import type { MediaRef } from '../../src/contract/messages';
import type { LabelNews } from '../../src/platform/engine-client';
import type { JobOptions } from '../../src/page/job';
import type { Entry } from '../../src/page/tracked';

/** Whether each sampler takes frames. */
const takes: boolean[] = [];
vi.mock('../../src/page/sample', () => ({
  sampler: () => {
    const mine = takes.push(false) - 1;
    return { want: (wants: boolean) => (takes[mine] = wants) };
  },
}));
vi.mock('../../src/page/subject', () => ({ subjectOf: () => ({}) }));
const { jobStarter } = await import('../../src/page/job');

const news = (reason: string | null): LabelNews =>
  ({ label: { estimate: { reason } }, settled: false, manifest: null, crops: [], wantsFrames: true }) as never;

const begin = (media: MediaRef, more: object = {}): { entry: Entry; hear: (news: LabelNews) => void } => {
  let hear: (news: LabelNews) => void = () => undefined;
  const options = {
    client: { open: (_: unknown, { label }: { label: typeof hear }) => (hear = label), post: () => undefined },
    settings: () => ({ estimate: true, marks: false, limitMb: 1 }),
    windows: () => 5,
    began: () => undefined,
    changed: () => undefined,
    ...more,
  } as unknown as JobOptions;
  const entry = { number: 0, generation: 1, run: new AbortController(), frames: null, crops: [] } as unknown as Entry;
  jobStarter(
    options,
    () => true,
    () => true,
  )(entry, media);
  return { entry, hear };
};

test('frames that a fresh engine has not are taken again, and not twice', () => {
  const { hear } = begin({ kind: 'url', url: 'https://site.test/a.mp4', credentials: 'omit' });
  hear(news('still-looking'));
  hear(news(null));
  expect(takes).toEqual([true]);
  hear(news('still-looking')); // of a fresh engine
  expect(takes).toEqual([false, true]);
});

test('pieces of the next stream are not taken by the job of the one before', async () => {
  let tell: (place: object) => void = () => undefined;
  const place = new Promise((done) => (tell = done));
  const followStream = vi.fn<() => void>();
  const { entry, hear } = begin({ kind: 'stream' }, { place: () => place, followStream });
  hear(news('still-looking'));
  entry.run.abort();
  Object.assign(entry, { run: new AbortController(), generation: 2 });
  tell({});
  await place;
  await new Promise((done) => setImmediate(done));
  expect(followStream).not.toHaveBeenCalled();
});
