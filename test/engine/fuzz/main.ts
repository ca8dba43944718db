/** The long run: chunk after chunk in a thread that is ended when an input hangs it, with the memory watched. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Finding, Range, RunReport, Slowest } from './run';

/** What is not over after this time hangs: far more than a slow input may take. */
const HANG_MS = 20_000;
const LOOK_MS = 50;
const CHUNK = 20_000;
/** Memory may grow by this over what a chunk begins with. */
const MAX_GROWTH_MB = 256;

export interface LongReport {
  seconds: number;
  slowest: Slowest;
  growth_mb: number;
  findings: Finding[];
}

const memory_mb = (): number => process.memoryUsage.rss() / 1_048_576;

type End = { report: RunReport } | { fault: string; input: number };

/** One chunk in a fresh thread. */
async function runChunk(script: URL, range: Range, look: () => void): Promise<End> {
  const at = new Int32Array(new SharedArrayBuffer(4)).fill(-1);
  const worker = new Worker(script, { workerData: { range, at } });
  let last = { input: -1, since: performance.now() };
  let hung = false;
  const timer = setInterval(() => {
    const input = Atomics.load(at, 0);
    if (input >= 0) look();
    if (input !== last.input) last = { input, since: performance.now() };
    else if (input >= 0 && performance.now() - last.since > HANG_MS) {
      hung = true;
      void worker.terminate();
    }
  }, LOOK_MS);
  try {
    const ended = once(worker, 'exit').then(() => null);
    const [report] = (await Promise.race([once(worker, 'message'), ended])) ?? [];
    await worker.terminate();
    if (report !== undefined) return { report: report as RunReport };
    return { fault: hung ? 'never ends' : 'ended the thread', input: Atomics.load(at, 0) };
  } catch (error) {
    return { fault: String(error), input: Atomics.load(at, 0) };
  } finally {
    clearInterval(timer);
  }
}

/** @param script the thread's; @param say takes how far it has come */
export async function longRun(script: URL, whole: Range, say: (text: string) => void): Promise<LongReport> {
  const begun = performance.now();
  const total: LongReport = {
    seconds: 0,
    slowest: { ms: 0, input: whole.from, name: '' },
    growth_mb: 0,
    findings: [],
  };
  const todo: Range[] = [];
  for (let { from } = whole; from < whole.to; from += CHUNK) {
    todo.push({ ...whole, from, to: Math.min(from + CHUNK, whole.to) });
  }
  for (let range = todo.shift(); range !== undefined; range = todo.shift()) {
    let lowest: number | null = null;
    const end = await runChunk(script, range, () => {
      const now = memory_mb();
      lowest ??= now;
      total.growth_mb = Math.max(total.growth_mb, now - lowest);
    });
    if ('report' in end) {
      if (end.report.slowest.ms > total.slowest.ms) total.slowest = end.report.slowest;
      total.findings.push(...end.report.findings);
    } else {
      const input = Math.max(end.input, range.from);
      total.findings.push({ input, name: '', what: end.fault });
      // What the thread found before has gone with it.
      todo.unshift(
        ...[
          { ...range, to: input },
          { ...range, from: input + 1 },
        ].filter(({ from, to }) => from < to),
      );
    }
    say(`up to input ${String(range.to)}: ${String(total.findings.length)} findings`);
  }
  if (total.growth_mb > MAX_GROWTH_MB) {
    total.findings.push({ input: whole.from, name: '', what: `memory grew by ${total.growth_mb.toFixed(0)} MB` });
  }
  return { ...total, seconds: (performance.now() - begun) / 1_000 };
}
