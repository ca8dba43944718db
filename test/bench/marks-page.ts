/** What the picture reader costs the page: the page's main thread with one marked video, reader on and off. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Label } from '../../src/contract/label';
import { page, video } from '../e2e/support/pages';
import type { Bench } from './bench';
import { profiledChromium } from './chromium-profile';
import { profiledFirefox } from './firefox-profile';
import { repeat } from './stats';
import type { Measure } from './stats';
import type { ThreadCost } from './trace';

const FILE = 'marked.mp4';
/** Frames for the reader are taken in the first 1.5 s and, where those show no mark, after 7 s. */
const WATCHED_S = 12;
const SET = `(settings) => (globalThis.browser ?? globalThis.chrome).storage.local.set(settings)`;
const LABELS = '(request) => window.assay.labelPage(request)';

const TITLES: Record<keyof ThreadCost, string> = {
  ours: 'our script in all',
  oursInOneTask: 'most of it in one task',
  longestTask: 'longest task, whoever caused it',
  busy: 'all tasks',
};

/** @throws when the reader, switched on, doesn't find the mark, or finds it switched off: then nothing was measured */
function expectMarks(labels: Label[], wanted: number): void {
  const found = labels.flatMap(({ disclosures }) => disclosures).filter(({ kind }) => kind === 'visible-mark').length;
  if (found !== wanted) throw new Error(`${String(found)} marks on the label, not ${String(wanted)}`);
}

export async function measureMarksPage({ browser: name, runs, web, media, say }: Bench): Promise<Measure[]> {
  copyFileSync(join('test/fixtures/media', FILE), join(media, FILE));
  const url = web.page('/marked', page(video(`/${FILE}`, 'controls muted autoplay loop')));
  const browser = await (name === 'firefox' ? profiledFirefox : profiledChromium)(true);
  const look = async (marks: boolean): Promise<ThreadCost[]> => {
    say(`page with ${FILE}, reader ${marks ? 'on' : 'off'}`);
    await browser.control(SET, { marks });
    return await repeat(runs, () =>
      browser.load(url, WATCHED_S, async () => {
        const request = { url, input: url, timeoutMs: 60_000 };
        expectMarks(await browser.control<Label[]>(LABELS, request), marks ? 1 : 0);
      }),
    );
  };
  try {
    await browser.control(SET, { marks: false });
    await browser.load(url, 2); // a fresh browser has other things to do
    const costs = { on: await look(true), off: await look(false) };
    const what = `main thread of a page with ${FILE}, ${String(WATCHED_S)} s`;
    const row = (title: string, key: keyof ThreadCost, of: 'on' | 'off'): Measure => {
      const values = costs[of].map((cost) => cost[key]).filter((value) => !Number.isNaN(value));
      const why = values.length > 0 ? {} : { why: 'not measurable with the tools at hand' };
      return { name: `${what}: ${title}, reader ${of}`, unit: 'ms', values, ...why };
    };
    return (['ours', 'oursInOneTask', 'longestTask', 'busy'] as const).flatMap((key) => [
      row(TITLES[key], key, 'on'),
      row(TITLES[key], key, 'off'),
    ]);
  } finally {
    await browser.close();
  }
}
