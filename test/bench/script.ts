/** What the content script costs a page: time on the page's main thread in which our script was on the stack. */
import type { Bench } from './bench';
import { profiledChromium } from './chromium-profile';
import { profiledFirefox } from './firefox-profile';
import { ADD, BUSY_S, PAGES, SCROLL } from './script-pages';
import { atMost, repeat } from './stats';
import type { Measure } from './stats';
import type { ThreadCost } from './trace';

export interface Profiled {
  /** Costs of a page from its navigation until some seconds after `load`. @param then while the page is still open */
  load(url: string, settleS: number, then?: () => Promise<void>): Promise<ThreadCost>;
  /** The same where another page of the site was open before in the same tab, so that its process knows our script. */
  again(url: string, settleS: number): Promise<ThreadCost>;
  /** Calls a function in a page of the extension (`label.html`), which stays open. */
  control<T>(code: string, argument: unknown): Promise<T>;
  /** Costs while code runs on a page that has loaded. */
  during(url: string, settleS: number, code: string, seconds: number): Promise<ThreadCost>;
  close(): Promise<void>;
}

const WALKS_S = 38;

export async function measureScript({ browser: name, runs, web, say }: Bench): Promise<Measure[]> {
  for (const [path, html] of Object.entries(PAGES)) web.page(path, html);
  const [plain, videos] = [web.url('/plain'), web.url('/videos')];
  const measures: Measure[] = [];
  const all = async (withAssay: boolean) => {
    const browser = await (name === 'firefox' ? profiledFirefox : profiledChromium)(withAssay);
    try {
      await browser.load(plain, 2); // a fresh browser has other things to do
      say(`script ${withAssay ? 'with' : 'without'} Assay`);
      return {
        plain: await repeat(runs, () => browser.load(plain, 1)),
        next: withAssay ? await repeat(runs, () => browser.again(plain, 1)) : [],
        // The slow walks through a page come after 3 s and after 33 s.
        later: withAssay ? [await browser.load(plain, WALKS_S)] : [],
        opening: await repeat(runs, () => browser.load(videos, 6)),
        scroll: await repeat(runs, () => browser.during(videos, 8, SCROLL, 5)),
        busy: await repeat(runs, () => browser.during(plain, 1, ADD, BUSY_S)),
      };
    } finally {
      await browser.close();
    }
  };
  const [bare, ours] = [await all(false), await all(true)];
  const add = (name: string, costs: ThreadCost[], key: keyof ThreadCost, target?: Measure['target']): void => {
    const values = costs.map((c) => c[key]).filter((v) => !Number.isNaN(v));
    const why = values.length > 0 ? {} : { why: 'not measurable with the tools at hand' };
    measures.push({ name, unit: 'ms', values, ...why, ...(target === undefined ? {} : { target }) });
  };
  add('1,500 nodes, no video: our script, until a second after `load`', ours.plain, 'ours', atMost(1, '<= 1 ms'));
  add('1,500 nodes, no video: the same on the next page of the same tab', ours.next, 'ours');
  add(`1,500 nodes, no video: our script in ${String(WALKS_S)} s, idle walks included`, ours.later, 'ours');
  add('1,500 nodes, no video: most of it in one task', ours.later, 'oursInOneTask');
  add('1,500 nodes, no video: whole main thread, with Assay', ours.plain, 'busy');
  add('1,500 nodes, no video: whole main thread, without', bare.plain, 'busy');
  for (const [what, key] of [
    ['opened (6 s)', 'opening'],
    ['scrolled and playing (5 s)', 'scroll'],
  ] as const) {
    add(`50 videos ${what}: most of our script in one task`, ours[key], 'oursInOneTask', atMost(16, '<= 16 ms'));
    add(`50 videos ${what}: our script in all`, ours[key], 'ours');
    add(`50 videos ${what}: longest task, with Assay`, ours[key], 'longestTask');
    add(`50 videos ${what}: longest task, without`, bare[key], 'longestTask');
    add(`50 videos ${what}: whole main thread, with Assay`, ours[key], 'busy');
    add(`50 videos ${what}: whole main thread, without`, bare[key], 'busy');
  }
  const added = '1,000 nodes/s added for 10 s';
  const values = ours.busy.map((c) => (c.ours / (BUSY_S * 1000)) * 100);
  measures.push({ name: `${added}: our share of the main thread`, unit: '%', values });
  add(`${added}: whole main thread, with Assay`, ours.busy, 'busy');
  add(`${added}: whole main thread, without`, bare.busy, 'busy');
  return measures;
}
