/**
 * Brings a fresh machine to where `npm start` and `npm test` work: packages, browsers, build.
 * Plain Node, no dependencies. Everything it says goes to standard error.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
const EXIT_MISSING = 2;

export const say = (text) => process.stderr.write(`${text}\n`);

export function fail(text) {
  say(`assay: ${text}`);
  process.exit(EXIT_MISSING);
}

/** Runs a program with its output on standard error, so that standard output stays clean. */
function run(command, args, env = {}) {
  const { status } = spawnSync(command, args, {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, ...env },
  });
  return status === 0;
}

const quiet = (command, args) => spawnSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

function isProgram(name) {
  const folders = name.includes('/') ? [''] : (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** What is looked for, and the Debian and Ubuntu packages that give it, best first. */
const PROGRAMS = {
  chromium: {
    programs: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    override: 'ASSAY_CHROMIUM',
    packages: ['chromium', 'chromium-browser'],
  },
  firefox: {
    programs: ['firefox-esr', 'firefox'],
    override: 'ASSAY_FIREFOX',
    packages: ['firefox-esr', 'firefox'],
  },
  ffmpeg: { programs: ['ffmpeg'], packages: ['ffmpeg'] },
  openssl: { programs: ['openssl'], packages: ['openssl'] },
  git: { programs: ['git'], packages: ['git'] },
};

function isThere({ programs, override }) {
  const named = override === undefined ? undefined : process.env[override];
  return named ? isProgram(named) : programs.some(isProgram);
}

export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(`Node.js 20.19 or newer is needed; this is ${process.versions.node}.`);
}

const digest = (text) => createHash('sha256').update(text).digest('hex');

/** `npm ci`, unless what is installed belongs to this lock file. */
export function ensurePackages() {
  const lockPath = join(ROOT, 'package-lock.json');
  const stampPath = join(ROOT, 'node_modules/.assay-lock');
  const installedPath = join(ROOT, 'node_modules/.package-lock.json');
  const lock = digest(readFileSync(lockPath));
  const stamp = existsSync(stampPath) ? readFileSync(stampPath, 'utf8') : null;
  if (stamp === lock) return;
  const installed = existsSync(installedPath) && statSync(installedPath).mtimeMs >= statSync(lockPath).mtimeMs;
  if (stamp !== null || !installed) {
    say('Installing packages ...');
    if (!run('npm', ['ci', '--loglevel=error'])) fail('`npm ci` failed; its message is above.');
  }
  writeFileSync(stampPath, lock);
}

/** How apt-get may be called; null when it may not. */
function aptCommand() {
  if (!isProgram('apt-get')) return null;
  if (process.getuid?.() === 0) return ['apt-get'];
  return isProgram('sudo') && quiet('sudo', ['-n', 'true']).status === 0 ? ['sudo', '-n', 'apt-get'] : null;
}

/** The first of the packages that this distribution has. */
function available(packages) {
  return packages.find((name) => /Candidate: (?!\(none\))/.test(quiet('apt-cache', ['policy', name]).stdout ?? ''));
}

/** @param names keys of PROGRAMS */
export function ensurePrograms(names) {
  const missing = names.filter((name) => !isThere(PROGRAMS[name]));
  if (missing.length === 0) return;
  const apt = aptCommand();
  const byHand = missing.map((name) => PROGRAMS[name].packages[0]).join(' ');
  if (apt === null) fail(`${missing.join(', ')} not found. Install with: sudo apt-get install ${byHand}`);
  say(`Installing ${missing.join(', ')} ...`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const [command, ...before] = apt;
  if (missing.some((name) => available(PROGRAMS[name].packages) === undefined)) {
    run(command, [...before, '-qq', 'update'], env);
  }
  const packages = missing.map((name) => available(PROGRAMS[name].packages) ?? PROGRAMS[name].packages[0]);
  const install = [...before, '-qq', '-y', 'install', '--no-install-recommends', ...packages];
  // Package lists may be older than what the servers hold: once more with fresh ones.
  const done =
    run(command, install, env) || (run(command, [...before, '-qq', 'update'], env) && run(command, install, env));
  if (!done || missing.some((name) => !isThere(PROGRAMS[name]))) {
    fail(`${missing.join(', ')} could not be installed. Install with: sudo apt-get install ${byHand}`);
  }
}

const SOURCES = [
  'src',
  'public',
  'icons',
  'manifest.json',
  'vite.config.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
];

function* filesOf(path) {
  if (!existsSync(path)) return;
  if (statSync(path).isFile()) {
    yield path;
    return;
  }
  for (const name of readdirSync(path).sort()) yield* filesOf(join(path, name));
}

function sourcesDigest() {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    for (const path of filesOf(join(ROOT, source))) hash.update(path).update(readFileSync(path));
  }
  return hash.digest('hex');
}

/** Builds both packages and the command, unless they belong to these very sources. */
export function ensureBuild() {
  const stampPath = join(ROOT, 'dist/.sources');
  const sources = sourcesDigest();
  if (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === sources) return;
  say('Building ...');
  for (const folder of ['chrome', 'firefox', 'cli'])
    rmSync(join(ROOT, 'dist', folder), { recursive: true, force: true });
  rmSync(stampPath, { force: true });
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  for (const mode of ['chrome', 'firefox']) {
    const built = spawnSync(process.execPath, [vite, 'build', '--mode', mode, '--logLevel', 'warn'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    if (built.status !== 0) {
      say(`${built.stdout ?? ''}${built.stderr ?? ''}`);
      fail('the build failed; its message is above.');
    }
  }
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  writeFileSync(stampPath, sources);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  checkNode();
  ensurePrograms(Object.keys(PROGRAMS));
  ensurePackages();
  ensureBuild();
}
