/** Mutated signed files through the built extension: the verifier's WebAssembly, its worker and the watchdog. */
import type { BrowserName } from '../../../src/cli/drive/driver';
import { CREDENTIAL_STATES } from '../../../src/contract/label';
import type { Label, LabelError } from '../../../src/contract/label';
import { launchAssay } from '../../e2e/support/launch';
import { inputOf } from './run';
import type { Finding, Range } from './run';
import { allSeeds } from './seeds';
import type { FuzzSeed } from './seeds';

/** A job ends within this, whatever the file does. */
const MAX_JOB_MS = 15_000;
const BATCH = 20;
const C2PA = Buffer.from('d8fec3d61b0e483c92975828877ec481', 'hex');

export interface BrowserReport {
  seconds: number;
  slowest_ms: number;
  /** Workers that were started after the first one. */
  restarts: number;
  /** How often each state and reason came out. */
  ends: Record<string, number>;
  findings: Finding[];
}

interface Answer {
  label: Label | LabelError;
  ms: number;
}

const LABEL = `async (files) => {
  const answers = [];
  for (const file of files) {
    const blob = await (await fetch('data:video/mp4;base64,' + file)).blob();
    const begun = performance.now();
    answers.push({ label: await window.assay.labelBlob(blob, 'fuzz.mp4'), ms: performance.now() - begun });
  }
  return answers;
}`;

const isSigned = ({ target, bytes }: FuzzSeed): boolean => target === 'file' && Buffer.from(bytes).includes(C2PA);

/** How a job ended, in a word or two; null when it is neither a label nor a reason. */
function endOf({ label, ms }: Answer): string | null {
  if (ms > MAX_JOB_MS || !('credentials' in label)) return null;
  const { state, reason } = label.credentials;
  return CREDENTIAL_STATES.includes(state) ? `${state}${reason === null ? '' : `, ${reason}`}` : null;
}

export async function browserRun(
  browser: BrowserName,
  { seed, from, to }: Range,
  say: (text: string) => void,
): Promise<BrowserReport> {
  const seeds = (await allSeeds()).filter(isSigned);
  const assay = await launchAssay(browser);
  const begun = performance.now();
  const report: BrowserReport = { seconds: 0, slowest_ms: 0, restarts: 0, ends: {}, findings: [] };
  try {
    await assay.browser.watchWorkers();
    await assay.setSettings({ estimate: false, marks: false });
    for (let first = from; first < to; first += BATCH) {
      const made = Array.from({ length: Math.min(BATCH, to - first) }, (_, i) => inputOf(seeds, seed, first + i));
      const files = made.map(({ bytes }) => Buffer.from(bytes).toString('base64'));
      const answers = await assay.control.evaluate<Answer[]>(LABEL, files);
      for (const [i, answer] of answers.entries()) {
        report.slowest_ms = Math.max(report.slowest_ms, answer.ms);
        const end = endOf(answer);
        if (end !== null) report.ends[end] = (report.ends[end] ?? 0) + 1;
        else report.findings.push({ input: first + i, name: made[i]?.from.name ?? '', what: JSON.stringify(answer) });
      }
      if ((first - from) % 200 === 0) say(`${String(first - from)} files, ${String(report.findings.length)} findings`);
    }
    report.restarts = (await assay.browser.workersSeen()) - 1;
  } finally {
    await assay.close();
  }
  return { ...report, seconds: (performance.now() - begun) / 1_000 };
}
