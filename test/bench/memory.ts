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

type Points = Record<'before' | 'model' | 'after20' | 'after115' | 'idle', Memory>;

/** Highest of some looks while the engine is at work and shortly after. */
async function highest(bench: Bench, seconds: number): Promise<Memory> {
  const top: Memory = { own: 0, resident: 0 };
  for (let i = 0; i < seconds * 4; i++) {
    const now = extensionMemory(bench.browser);
    if (now !== null && now.own > top.own) Object.assign(top, now);
    await pause(250);
  }
  return top;
}

async function once(bench: Bench): Promise<Points> {
  const { browser, web, say } = bench;
  const assay = await launchAssay(browser);
  try {
    await assay.control.close();
    await pause(2_000);
    const now = (): Memory => {
      const memory = extensionMemory(browser);
      return memory ?? { own: 0, resident: 0 }; // the process itself has ended
    };
    const before = now();
    const visit = async (file: string): Promise<Memory> => {
      say(`memory ${file}`);
      const tab = await assay.open(web.page(`/memory-${file}`, page(video(`/${file}.mp4`))));
      const top = await highest(bench, 9);
      await tab.close();
      return top;
    };
    const model = await visit('1mb-plain');
    const after20 = await visit('20mb-signed');
    const after115 = await visit('115mb-signed');
    say(`memory: waiting ${String(AFTER_S)} s`);
    await pause(AFTER_S * 1000);
    return { before, model, after20, after115, idle: now() };
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
    ...rows('20 MB signed video plays, verified (highest)', 'after20', atMost(250, '<= 250 MB')),
    ...rows('115 MB signed video plays, verified (highest)', 'after115'),
    ...rows(`${String(AFTER_S)} s after the last video`, 'idle', atMost(80, '<= 80 MB')),
  ];
}
