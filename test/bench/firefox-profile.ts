/** Firefox of the bench's own, with or without Assay, with Gecko's sampling profiler. */
import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { connectBidi } from '../../src/cli/drive/bidi';
import { killGroup } from '../../src/cli/drive/cleanup';
import { findBrowser } from '../../src/cli/drive/executables';
import { startProcess } from '../../src/cli/drive/firefox-process';
import { makeProfile } from '../../src/cli/drive/firefox-profile';
import { firefoxSystem } from '../../src/cli/drive/firefox-system';
import { firefoxTab } from '../../src/cli/drive/firefox-tab';
import { CONTROL } from './script-pages';
import type { Profiled } from './script';
import { pause } from './stats';
import type { ThreadCost } from './trace';

const START = `Services.profiler.StartProfiler(16e6, 1, ['js', 'cpu'], ['GeckoMain'])`;

/**
 * Counts, in the page's process, samples with our script on the stack; each stands for the processor time since
 * the sample before. Samples next to each other count as one task, which is more than a task can be.
 */
const STOP = `(async () => {
  const profile = await Services.profiler.getProfileDataAsync();
  Services.profiler.StopProfiler();
  const units = { ns: 1e6, 'µs': 1e3 };
  const perMs = units[profile.meta.sampleUnits.threadCPUDelta];
  const count = ({ threads }) => {
    const thread = threads.find((t) => t.name === 'GeckoMain');
    if (thread === undefined) return null;
    const { samples, stackTable, frameTable, stringTable } = thread;
    const at = (table, name) => table.schema[name];
    const name = (frame) => stringTable[frameTable.data[frame][at(frameTable, 'location')]] ?? '';
    const ours = new Map(), page = new Map();
    const has = (stack, test, known) => {
      if (stack === null || stack === undefined) return false;
      if (known.has(stack)) return known.get(stack);
      const row = stackTable.data[stack];
      const found = test(name(row[at(stackTable, 'frame')])) || has(row[at(stackTable, 'prefix')], test, known);
      known.set(stack, found);
      return found;
    };
    const out = { ours: 0, longest: 0, cpu: 0 };
    let run = 0;
    for (const row of samples.data) {
      const step = (row[at(samples, 'threadCPUDelta')] ?? 0) / perMs;
      out.cpu += step;
      if (has(row[at(samples, 'stack')], (n) => n.includes('moz-extension://'), ours)) {
        out.ours += step;
        run += step;
        out.longest = Math.max(out.longest, run);
      } else run = 0;
    }
    return out;
  };
  const all = [profile, ...profile.processes].map((p) => [p.threads?.[0]?.processType, p.threads?.[0]?.['eTLD+1'], count(p)]);
  return { all };
})()`;

interface Counted {
  all: [string, string | undefined, { ours: number; longest: number; cpu: number } | null][];
}

export async function profiledFirefox(withAssay: boolean): Promise<Profiled> {
  const manifest = JSON.parse(readFileSync('dist/firefox/manifest.json', 'utf8')) as {
    browser_specific_settings: { gecko: { id: string } };
  };
  const uuid = randomUUID();
  const profile = makeProfile(manifest.browser_specific_settings.gecko.id, uuid, {});
  let pid: number | undefined;
  const started = await startProcess(findBrowser('firefox'), profile, true, 90_000, (p) => {
    pid = p;
  });
  const bidi = await connectBidi(`${started.address}/session`);
  await bidi.send('session.new', { capabilities: {} });
  if (withAssay) {
    await bidi.send('webExtension.install', { extensionData: { type: 'path', path: resolve('dist/firefox') } });
  }
  const system = firefoxSystem(bidi);
  const stop = async (): Promise<ThreadCost> => {
    const { all } = await system.evaluate<Counted>(STOP);
    // The page's process is the one that worked most, and is no process of the browser's own pages.
    const pages = all.flatMap(([, site, count]) =>
      count === null || !(site ?? '').includes('127.0.0.1') ? [] : [count],
    );
    const [page] = pages.toSorted((a, b) => b.cpu - a.cpu);
    if (page === undefined) throw new Error(`the profile does not show the page: ${JSON.stringify(all).slice(0, 400)}`);
    return { ours: page.ours, oursInOneTask: page.longest, longestTask: NaN, busy: page.cpu };
  };
  const open = async (url?: string) => {
    const { context } = await bidi.send<{ context: string }>('browsingContext.create', { type: 'window' });
    const tab = firefoxTab(bidi, context, () => Promise.resolve());
    await tab.setViewport(1200, 850);
    if (url !== undefined) await tab.goto(url, 'load');
    return tab;
  };
  /** @param before is opened first, in the same tab */
  const load = async (url: string, settle: number, before?: string, then?: () => Promise<void>) => {
    const tab = await open(before);
    await system.evaluate(START);
    await tab.goto(url, 'load');
    await pause(settle * 1000);
    const cost = await stop();
    await then?.();
    await tab.close();
    return cost;
  };
  let control: Awaited<ReturnType<typeof open>> | undefined;
  return {
    load: async (url, settle, then) => await load(url, settle, undefined, then),
    again: async (url, settle) => await load(url, settle, `${url}?before`),
    during: async (url, settle, code, seconds) => {
      const tab = await open(url);
      await pause(settle * 1000);
      await system.evaluate(START);
      await tab.evaluate(`(${code})(${String(seconds)})`);
      const cost = await stop();
      await tab.close();
      return cost;
    },
    control: async (code, argument) => {
      control ??= await open(`moz-extension://${uuid}/${CONTROL}`);
      return await control.evaluate(`(${code})(${JSON.stringify(argument)})`);
    },
    close: async () => {
      await Promise.race([bidi.send('browser.close', {}).catch(() => undefined), pause(3_000)]);
      killGroup(pid);
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
