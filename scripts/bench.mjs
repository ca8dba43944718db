/**
 * `npm run bench`: measures the built extension in both browsers and writes docs/bench.md.
 * `-- --runs N` (10), `--browser chromium|firefox`, `--only PART`; with one of the last two the result is
 * printed and nothing is written.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureMedia } from '../test/bench/media.mjs';
import { readArguments } from './setup/arguments.mjs';
import { ROOT, checkNode, ensureBuild, ensurePackages, ensurePrograms, fail, say } from './setup.mjs';

const BROWSERS = ['chromium', 'firefox'];

function commit() {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT, encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return 'unknown';
  }
}

const { runs, browser, only } = readArguments({
  runs: { type: 'string', default: '10' },
  browser: { type: 'string', multiple: true, default: [] },
  only: { type: 'string', multiple: true, default: [] },
}).values;
if (!/^[1-9]\d*$/.test(runs)) fail('--runs takes a number of 1 or more.');
const unknown = browser.find((name) => !BROWSERS.includes(name));
if (unknown !== undefined) fail(`there is no browser "${unknown}"; browsers are ${BROWSERS.join(', ')}.`);
checkNode();
ensurePrograms(['chromium', 'firefox', 'ffmpeg', 'openssl']);
ensurePackages();
ensureBuild();
process.chdir(ROOT);
const media = join(ROOT, '.cache/bench/media');
await ensureMedia(media);

const { runnerImport } = await import('vite');
const { module } = await runnerImport(join(ROOT, 'test/bench/main.ts'), { root: ROOT, configFile: false });
const part = only.find((name) => !module.parts.includes(name));
if (part !== undefined) fail(`there is no part "${part}"; parts are ${module.parts.join(', ')}.`);
const browsers = browser.length > 0 ? browser : BROWSERS;
const text = await module.main({ media, runs: Number(runs), browsers, only, commit: commit() });
process.stdout.write(text);
if (browser.length === 0 && only.length === 0) {
  const { format } = await import('prettier');
  mkdirSync(join(ROOT, 'docs'), { recursive: true });
  writeFileSync(
    join(ROOT, 'docs/bench.md'),
    await format(text, { parser: 'markdown', printWidth: 120, singleQuote: true }),
  );
  say('docs/bench.md written');
}
