/** The picture reader: whole frames of a file, decoded and read in the engine, one thread. */
import { readFileSync } from 'node:fs';
import { launchAssay } from '../e2e/support/launch';
import type { Bench } from './bench';
import { ENGINE_JOB, restartEngine } from './engine-job';
import { atMost, repeat } from './stats';
import type { Measure } from './stats';

/** Own fixtures: a mark (one pair of frames tells), a subtitle that names generators (both pairs), nothing written. */
const FILES = ['marked', 'subtitled', 'unsigned'];

const LOOK = `async (base64) => {
  const blob = await (await fetch('data:video/mp4;base64,' + base64)).blob();
  const job = await (${ENGINE_JOB})({ media: { kind: 'blob', name: 'bench.mp4', blob }, frames: 'off', pictures: 'engine' });
  try {
    const { at, label } = await job.until((n) => n.settled, 60_000);
    return { ms: at - job.opened, marks: label.disclosures.length };
  } finally {
    job.close();
  }
}`;

export async function measureMarks({ browser, runs, say }: Bench): Promise<Measure[]> {
  const assay = await launchAssay(browser);
  const look = (file: string) =>
    assay.control.evaluate<{ ms: number; marks: number }>(
      LOOK,
      readFileSync(`test/fixtures/media/${file}.mp4`).toString('base64'),
    );
  const measures: Measure[] = [];
  try {
    for (const file of FILES) {
      say(`marks ${file}`);
      await look(file);
      const warm = await repeat(runs, () => look(file));
      const found = `${String(warm[0]?.marks ?? 0)} found`;
      const target = atMost(2000, '<= 2 s');
      measures.push({ name: `${file}.mp4 (${found})`, unit: 'ms', values: warm.map((w) => w.ms), target });
    }
    const cold = await repeat(Math.min(runs, 3), async () => {
      await restartEngine(assay);
      return await look('subtitled');
    });
    measures.push({ name: 'subtitled.mp4, engine stopped before', unit: 'ms', values: cold.map((w) => w.ms) });
  } finally {
    await assay.close();
  }
  return measures;
}
