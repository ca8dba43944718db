/**
 * `npm test`: installs what is missing, builds, runs all rings, and ends with one line
 * `N passed, N failed`. `npm test -- --ring unit` runs one ring, `npm test -- test/unit/label.test.ts`
 * one file.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readArguments } from './setup/arguments.mjs';
import { ROOT, checkNode, ensureBuild, ensurePackages, ensurePrograms, fail, say } from './setup.mjs';

const RINGS = ['unit', 'engine', 'component', 'repo', 'e2e'];
const REPORTS = join(ROOT, '.cache/test');

/** Rings that were asked for, by name or by the paths of their files. */
function chosenRings({ values, positionals }) {
  const unknown = values.ring?.find((ring) => !RINGS.includes(ring));
  if (unknown !== undefined) fail(`there is no ring "${unknown}"; rings are ${RINGS.join(', ')}.`);
  const rings = values.ring ?? RINGS;
  const named = positionals.map((path) => /(?:^|\/)test\/(\w+)\//.exec(path)?.[1]);
  return named.length > 0 && named.every(Boolean) ? rings.filter((ring) => named.includes(ring)) : rings;
}

/** Runs one ring; a runner that crashes or can't load a file counts as failed. */
function runRing(ring, paths) {
  const report = join(REPORTS, `${ring}.json`);
  rmSync(report, { force: true });
  say(`\n== ${ring}`);
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { status } = spawnSync(
    process.execPath,
    [vitest, 'run', '--project', ring, '--passWithNoTests', ...reporters, ...paths],
    {
      cwd: ROOT,
      stdio: ['ignore', 2, 2],
      env: { ...process.env, NODE_ENV: 'test' },
    },
  );
  if (!existsSync(report)) return { passed: 0, failed: status === 0 ? 0 : 1, skipped: 0 };
  const result = JSON.parse(readFileSync(report, 'utf8'));
  const broken = result.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  const failed = result.numFailedTests + broken.length;
  return {
    passed: result.numPassedTests,
    failed: failed === 0 && status !== 0 ? 1 : failed,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}

const given = readArguments({ ring: { type: 'string', multiple: true } }, true);
const rings = chosenRings(given);
checkNode();
ensurePrograms(['chromium', 'firefox', 'ffmpeg', 'openssl']);
ensurePackages();
ensureBuild();
mkdirSync(REPORTS, { recursive: true });
if (!existsSync(join(ROOT, '../shared'))) {
  say('\n!! ../shared is not there: tests on its files and data are SKIPPED. Everything else runs.');
}

const total = { passed: 0, failed: 0, skipped: 0 };
for (const ring of rings) {
  const begun = Date.now();
  const result = runRing(ring, given.positionals);
  say(`== ${ring}: ${String(Math.round((Date.now() - begun) / 1000))} s`);
  for (const key of Object.keys(total)) total[key] += result[key];
}
const skipped = total.skipped > 0 ? `, ${String(total.skipped)} skipped` : '';
process.stdout.write(`${String(total.passed)} passed, ${String(total.failed)} failed${skipped}\n`);
process.exitCode = total.failed > 0 ? 1 : 0;
