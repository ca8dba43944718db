/** The credentials lane alone: a job at the engine's port, from its opening to its statement and its end. */
import { launchAssay } from '../e2e/support/launch';
import type { Bench } from './bench';
import { ENGINE_JOB, restartEngine } from './engine-job';
import { atMost, repeat } from './stats';
import type { Measure } from './stats';

const FILES = ['1mb-signed', '1mb-plain', '20mb-signed', '20mb-plain', '115mb-signed', '115mb-plain'];

const READ = `async (url) => {
  const job = await (${ENGINE_JOB})({ media: { kind: 'url', url, credentials: 'omit' }, frames: 'off' });
  try {
    const last = await job.until((n) => n.settled, 60_000);
    const first = job.news.find(({ label: { credentials: c } }) => c.claims !== 'nothing' || c.state !== 'unverified');
    const read = (n) => n.label.credentials.coverage.bytes_read;
    return { statement: first.at - job.opened, settled: last.at - job.opened, early: read(first), all: read(last) };
  } finally {
    job.close();
  }
}`;

interface Read {
  statement: number;
  settled: number;
  early: number;
  all: number;
}

export async function measureRead({ browser, runs, web, say }: Bench): Promise<Measure[]> {
  const assay = await launchAssay(browser);
  const measures: Measure[] = [];
  let serial = 0;
  const read = (file: string) => assay.control.evaluate<Read>(READ, web.url(`/${file}.mp4?${String(serial++)}`));
  const take = (name: string, reads: Read[], large: boolean): void => {
    const values = (key: keyof Read, by = 1): number[] => reads.map((r) => r[key] / by);
    const limit = { target: atMost(300, '<= 300 ms') };
    measures.push(
      { name: `${name}: to the first statement`, unit: 'ms', values: values('statement') },
      {
        name: `${name}: bytes read by the first statement`,
        unit: 'KB',
        values: values('early', 1024),
        target: atMost(64, '<= 64 KB'),
      },
      { name: `${name}: to the settled label`, unit: 'ms', values: values('settled'), ...(large ? limit : {}) },
      { name: `${name}: bytes read in all`, unit: 'KB', values: values('all', 1024) },
    );
  };
  try {
    for (const file of FILES) {
      say(`read ${file}`);
      await read(file);
      const name = file.replace('mb-', ' MB ').replace('plain', 'unsigned');
      take(name, await repeat(runs, () => read(file)), file.startsWith('20mb'));
    }
    say('read cold');
    const cold = await repeat(runs, async () => {
      await restartEngine(assay);
      return await read('20mb-signed');
    });
    take('20 MB signed, engine and background stopped before', cold, false);
  } finally {
    await assay.close();
  }
  return measures;
}
