/** Files through the command, as a person types it: `npm start -- folder --json --headless --browser NAME`. */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from './bench';
import { repeat } from './stats';
import type { Measure } from './stats';

/** 300 clips in 10 minutes. */
const PER_MINUTE = 30;
/** A run takes a minute and more: no more than these. */
const MOST_RUNS = 3;

function label(folder: string, browser: string): Promise<string> {
  const args = ['scripts/start.mjs', folder, '--json', '--headless', '--browser', browser];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    let output = '';
    child.stdout.on('data', (data: Buffer) => {
      output += data.toString();
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`npm start ended with ${String(code)}`));
    });
  });
}

export async function measureFiles({ browser, runs, media, say }: Bench): Promise<Measure[]> {
  const folder = join(media, 'clips');
  const clips = readdirSync(folder).length;
  say(`files: ${String(clips)} clips`);
  const rates = await repeat(Math.min(runs, MOST_RUNS), async () => {
    const started = performance.now();
    const lines = (await label(folder, browser)).trim().split('\n');
    const labels = lines.filter((line) => line.includes('"assay-label/1"'));
    if (labels.length !== clips) throw new Error(`${String(labels.length)} labels for ${String(clips)} clips`);
    return clips / ((performance.now() - started) / 60_000);
  });
  return [
    {
      name: `${String(clips)} clips of 5 s, 640x360, with the start of the browser`,
      unit: 'clips/min',
      values: rates,
      target: { text: '>= 30 (300 clips in 10 min)', holds: (rate) => rate >= PER_MINUTE },
    },
  ];
}
