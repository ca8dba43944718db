/**
 * `npm run fuzz`: mutated bytes through every reader of ours. `-- --count N` (200000), `--seed S` (1), `--from I` (0)
 * for the inputs from number I. `--wasm` takes mutated signed files (2000) through the built extension instead,
 * in `--browser chromium` or `firefox`.
 */
import { join } from 'node:path';
import { readArguments } from './setup/arguments.mjs';
import { ROOT, checkNode, ensureBuild, ensurePackages, ensurePrograms, fail, say } from './setup.mjs';

const COUNT = 200_000;
const COUNT_IN_BROWSER = 2_000;

function wholeNumber(name, text) {
  return /^\d{1,9}$/.test(text) ? Number(text) : fail(`--${name} takes a whole number.`);
}

const { values: given } = readArguments({
  count: { type: 'string' },
  seed: { type: 'string', default: '1' },
  from: { type: 'string', default: '0' },
  wasm: { type: 'boolean', default: false },
  browser: { type: 'string', default: 'chromium' },
});
if (!['chromium', 'firefox'].includes(given.browser))
  fail(`there is no browser "${given.browser}"; browsers are chromium and firefox.`);
const count = wholeNumber('count', given.count ?? String(given.wasm ? COUNT_IN_BROWSER : COUNT));
if (count === 0) fail('--count takes a number of 1 or more.');
const from = wholeNumber('from', given.from);
const range = { seed: wholeNumber('seed', given.seed), from, to: from + count };
checkNode();
ensurePackages();
if (given.wasm) {
  ensurePrograms([given.browser]);
  ensureBuild();
}
process.chdir(ROOT);
const { runnerImport } = await import('vite');
const load = async (file) =>
  (await runnerImport(join(ROOT, 'test/engine/fuzz', file), { root: ROOT, configFile: false })).module;

const { findings, ...figures } = given.wasm
  ? await (await load('browser.ts')).browserRun(given.browser, range, say)
  : await (await load('main.ts')).longRun(new URL('fuzz-worker.mjs', import.meta.url), range, say);
for (const { input, name, what } of findings) {
  process.stdout.write(`${name}: ${what}\n  again: --seed ${String(range.seed)} --from ${input} --count 1\n`);
}
process.stdout.write(`${JSON.stringify({ inputs: count, ...figures, findings: findings.length })}\n`);
process.exitCode = findings.length > 0 ? 1 : 0;
