/** Both packages and the command line, built from these very sources, and as the build left them. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, fail, say } from './say.mjs';

const SOURCES = [
  'src',
  'public',
  'icons',
  'scripts/marks',
  'scripts/runtime',
  'manifest.json',
  'vite.config.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
];
const MODES = ['chrome', 'firefox'];
const BUILT = ['chrome', 'firefox', 'cli', ...MODES.map((mode) => `bundled-${mode}.json`)].map(
  (name) => `dist/${name}`,
);
const STAMP = join(ROOT, 'dist/.built');

function* filesOf(path) {
  const full = join(ROOT, path);
  if (!existsSync(full)) return;
  if (statSync(full).isFile()) {
    yield path;
    return;
  }
  for (const name of readdirSync(full).sort()) yield* filesOf(join(path, name));
}

function digestOf(places) {
  const hash = createHash('sha256');
  for (const path of places.flatMap((place) => [...filesOf(place)])) {
    const content = readFileSync(join(ROOT, path));
    hash.update(`${path}\n${String(content.length)}\n`).update(content);
  }
  return hash.digest('hex');
}

/** What the build was made of, and what it made: a damaged or half package fits no stamp. */
const stampOf = (sources) => `sources ${sources}\nbuilt ${digestOf(BUILT)}\n`;

/** @returns whether the packages are there, whole, and belong to these sources */
export function isBuilt() {
  try {
    return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stampOf(digestOf(SOURCES));
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return false; // another process builds right now
    throw error;
  }
}

export function build() {
  const sources = digestOf(SOURCES);
  // The bundler takes them for the end of a file's name.
  if (/[#?]/.test(ROOT)) fail(`it can't be built in a folder with # or ? in its path: ${ROOT}`);
  say('Building ...');
  for (const path of [...BUILT.map((place) => join(ROOT, place)), STAMP])
    rmSync(path, { recursive: true, force: true });
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  for (const mode of MODES) {
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
  writeFileSync(STAMP, stampOf(sources));
}
