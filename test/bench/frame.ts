/**
 * From the eighth frame to the estimate. The moment at which a page takes its eighth frame can't be seen from
 * outside, so an extension page plays the page's part: it sends the engine seven frames, and the eighth when the
 * engine has told that it has the seven. The time runs from that message to the label that no longer looks.
 */
import { launchAssay } from '../e2e/support/launch';
import type { Bench } from './bench';
import { ENGINE_JOB, restartEngine } from './engine-job';
import { atMost, repeat } from './stats';
import type { Measure } from './stats';

const SIDES = [
  { side: 360, width: 640, height: 360 },
  { side: 1080, width: 1920, height: 1080 },
];

const SEND = `async (url, size, together) => {
  const raw = new Uint8Array(await (await fetch(url)).arrayBuffer());
  const bytes = size.side * size.side * 4;
  const packet = (i) => ({ time_s: i / 4, side: size.side, rgba: new Blob([raw.subarray(i * bytes, (i + 1) * bytes)]) });
  const packets = Array.from({ length: 8 }, (_, i) => packet(i));
  const job = await (${ENGINE_JOB})({ media: { kind: 'stream' }, frames: 'page', width: size.width, height: size.height });
  try {
    if (!together) {
      for (const p of packets.slice(0, 7)) job.post({ type: 'frames', frames: [p] });
      await job.until(({ label }) => label.estimate.frames[0] === 7, 30_000);
    }
    const started = performance.now();
    job.post({ type: 'frames', frames: together ? packets : packets.slice(7) });
    const { label } = await job.until((n) => n.label.estimate.reason !== 'still-looking', 30_000);
    return { ms: performance.now() - started, state: label.estimate.reason ?? label.estimate.state };
  } finally {
    job.close();
  }
}`;

export async function measureFrame({ browser, runs, web, say }: Bench): Promise<Measure[]> {
  const assay = await launchAssay(browser);
  const send = (size: (typeof SIDES)[number], together: boolean) =>
    assay.control.evaluate<{ ms: number; state: string }>(SEND, web.url(`/frames-${size.side}.raw`), size, together);
  const measures: Measure[] = [];
  try {
    for (const size of SIDES) {
      say(`frame ${size.height}p`);
      await send(size, true);
      const warm = await repeat(runs, () => send(size, false));
      measures.push({
        name: `video of ${size.width}x${size.height}, engine warm (${warm[0]?.state ?? ''})`,
        unit: 'ms',
        values: warm.map((w) => w.ms),
        target: atMost(1000, '<= 1 s'),
      });
    }
    const [small] = SIDES;
    if (small === undefined) return measures;
    const cold = await repeat(runs, async () => {
      await restartEngine(assay);
      return await send(small, true);
    });
    measures.push({
      name: 'all eight frames of 640x360 at once, to an engine that was stopped before',
      unit: 'ms',
      values: cold.map((w) => w.ms),
    });
  } finally {
    await assay.close();
  }
  return measures;
}
