/** A large signed file: our hash as it streams by, against WebCrypto's digest of the same bytes at once. */
import { launchAssay } from '../e2e/support/launch';
import type { Assay } from '../e2e/support/launch';
import type { Bench } from './bench';
import { ENGINE_JOB } from './engine-job';
import { extensionMemory } from './processes';
import { atMost } from './stats';
import type { Measure } from './stats';

const FILE = '200mb-signed.mp4';
const LOOK_EVERY_MS = 100;

const LABEL = `async (url) => {
  const job = await (${ENGINE_JOB})({ media: { kind: 'url', url, credentials: 'omit' }, frames: 'off' });
  try {
    const last = await job.until((n) => n.settled, 120_000);
    return { ms: last.at - job.opened, state: last.label.credentials.state, codes: last.label.credentials.codes };
  } finally {
    job.close();
  }
}`;

const DIGEST = `async (url) => {
  const started = performance.now();
  const bytes = await (await fetch(url)).arrayBuffer();
  const loaded = performance.now();
  await crypto.subtle.digest('SHA-256', bytes);
  return { load: loaded - started, digest: performance.now() - loaded };
}`;

interface Once {
  label: number;
  load: number;
  digest: number;
  memory: number;
}

async function once({ browser, web }: Bench, assay: Assay, serial: number): Promise<Once> {
  const url = web.url(`/${FILE}?${String(serial)}`);
  const own = (): number => extensionMemory(browser)?.own ?? 0;
  const before = own();
  let top = before;
  const looks = setInterval(() => {
    top = Math.max(top, own());
  }, LOOK_EVERY_MS);
  const label = await assay.control.evaluate<{ ms: number; state: string; codes: string[] }>(LABEL, url);
  clearInterval(looks);
  if (!label.codes.includes('assertion.bmffHash.match')) throw new Error(`not verified: ${label.state}`);
  const { load, digest } = await assay.control.evaluate<{ load: number; digest: number }>(DIGEST, `${url}d`);
  return { label: label.ms, load, digest, memory: top - before };
}

export async function measureLarge(bench: Bench): Promise<Measure[]> {
  const assay = await launchAssay(bench.browser);
  try {
    const warm = await once(bench, assay, -1);
    bench.say(`large: ${JSON.stringify(warm)}`);
    const all: Once[] = [];
    for (let run = 0; run < bench.runs; run++) all.push(await once(bench, assay, run));
    const of = (key: keyof Once): number[] => all.map((o) => o[key]);
    return [
      { name: '200 MB signed: to the settled label', unit: 'ms', values: of('label') },
      { name: 'WebCrypto: loading the same bytes', unit: 'ms', values: of('load') },
      { name: 'WebCrypto: their digest', unit: 'ms', values: of('digest') },
      {
        name: 'label against the digest, in the same run',
        unit: '%',
        values: all.map((o) => (o.label / o.digest) * 100),
        target: atMost(200, '<= 2x'),
      },
      {
        name: 'label against loading and digest, in the same run',
        unit: '%',
        values: all.map((o) => (o.label / (o.load + o.digest)) * 100),
      },
      {
        name: 'memory that reading takes',
        unit: 'MB',
        values: of('memory'),
        target: atMost(64, '<= 64 MB'),
      },
    ];
  } finally {
    await assay.close();
  }
}
