/** Memory of the extension's process before, with and after the engine's work. */
import { launchAssay } from '../e2e/support/launch';
import { page, video } from '../e2e/support/pages';
import type { Bench } from './bench';
import { extensionMemory } from './processes';
import type { Memory } from './processes';
import { atMost, pause } from './stats';
import type { Measure } from './stats';

const AFTER_S = 75;
/** Starting browsers for each repetition takes long: no more than these. */
const MOST_RUNS = 3;

/** The process itself has ended. */
const NONE: Memory = { own: 0, resident: 0 };

type Points = Record<'before' | 'model' | 'modelEnd' | 'after20' | 'after115' | 'idle', Memory>;

/** Highest of some looks while the engine is at work and shortly after, and the last of them. */
async function watch(bench: Bench, seconds: number): Promise<{ top: Memory; last: Memory }> {
  let [top, last] = [NONE, NONE];
  for (let i = 0; i < seconds * 4; i++) {
    last = extensionMemory(bench.browser) ?? NONE;
    if (last.own > top.own) top = last;
    await pause(250);
  }
  return { top, last };
}

async function once(bench: Bench): Promise<Points> {
  const { browser, web, say } = bench;
  const assay = await launchAssay(browser);
  try {
    await assay.control.close();
    await pause(2_000);
    const now = (): Memory => extensionMemory(browser) ?? NONE;
    const before = now();
    const visit = async (file: string): Promise<{ top: Memory; last: Memory }> => {
      say(`memory ${file}`);
      const tab = await assay.open(web.page(`/memory-${file}`, page(video(`/${file}.mp4`))));
      const seen = await watch(bench, 9);
      await tab.close();
      return seen;
    };
    const model = await visit('1mb-plain');
    const after20 = await visit('20mb-signed');
    const after115 = await visit('115mb-signed');
    say(`memory: waiting ${String(AFTER_S)} s`);
    await pause(AFTER_S * 1000);
    const tops = { model: model.top, after20: after20.top, after115: after115.top };
    return { before, ...tops, modelEnd: model.last, idle: now() };
  } finally {
    await assay.close();
  }
}

export async function measureMemory(bench: Bench): Promise<Measure[]> {
  const points: Points[] = [];
  for (let run = 0; run < Math.min(bench.runs, MOST_RUNS); run++) points.push(await once(bench));
  const rows = (name: string, key: keyof Points, target?: Measure['target']): Measure[] => [
    {
      name: `${name}: own pages`,
      unit: 'MB',
      values: points.map((p) => p[key].own),
      ...(target === undefined ? {} : { target }),
    },
    { name: `${name}: resident, with shared code`, unit: 'MB', values: points.map((p) => p[key].resident) },
  ];
  return [
    ...rows('browser started, no video yet', 'before'),
    ...rows('1 MB unsigned video plays, model loaded (highest)', 'model', atMost(250, '<= 250 MB')),
    ...rows('1 MB unsigned video plays, model loaded (after 9 s)', 'modelEnd'),
    ...rows('20 MB signed video plays, verified (highest)', 'after20', atMost(250, '<= 250 MB')),
    ...rows('115 MB signed video plays, verified (highest)', 'after115'),
    ...rows(`${String(AFTER_S)} s after the last video`, 'idle', atMost(80, '<= 80 MB')),
  ];
}
