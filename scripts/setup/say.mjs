/** What the commands have in common: where the project is, how they speak, and how they end. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const EXIT_MISTAKE = 2;

export const say = (text) => process.stderr.write(`${text}\n`);

export function fail(text) {
  say(`assay: ${text}`);
  process.exit(EXIT_MISTAKE);
}

/** Runs a program with its output on standard error, so that standard output stays clean. */
export function run(command, args, env = {}) {
  const { status } = spawnSync(command, args, {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, ...env },
  });
  return status === 0;
}
