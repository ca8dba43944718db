/** What `npm start` builds in a clone: one command at a time, and never half a package without noticing. */
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

interface Ran {
  code: number | null;
  out: string;
  err: string;
}

const SOURCES = [
  ...['icons', 'public', 'scripts', 'src'],
  ...['manifest.json', 'package-lock.json', 'package.json', 'tsconfig.json', 'vite.config.ts'],
];
const BUILDS = /^Building/gm;
const outer = mkdtempSync(join(tmpdir(), 'assay-clone-'));
/** People keep projects in folders with all kinds of names. */
const clone = join(outer, 'a b ü [1] 100%');
const lock = join(clone, '.cache/setup.lock');
const version: Ran = { code: 0, out: expect.stringMatching(/^assay \d/) as string, err: '' };

/** @param before a command that runs the command */
function start(folder = clone, before: string[] = []): Promise<Ran> {
  const [command, ...args] = [...before, process.execPath, 'scripts/start.mjs', '--version'];
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd: folder,
      env: { ...process.env, npm_lifecycle_event: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ran: Ran = { code: null, out: '', err: '' };
    child.stdout.on('data', (data: Buffer) => (ran.out += data.toString()));
    child.stderr.on('data', (data: Buffer) => (ran.err += data.toString()));
    child.once('close', (code) => {
      done({ ...ran, code });
    });
  });
}

const buildsIn = (runs: Ran[]): number => runs.flatMap(({ err }) => err.match(BUILDS) ?? []).length;

beforeAll(() => {
  mkdirSync(clone);
  for (const source of SOURCES) cpSync(source, join(clone, source), { recursive: true });
  symlinkSync(resolve('node_modules'), join(clone, 'node_modules'));
});
afterAll(() => {
  rmSync(outer, { recursive: true });
});

test('an option that npm kept for itself is told, and how to give it', async () => {
  const { err } = await start(resolve('.'), ['env', 'npm_config_json=true']);
  expect(err).toContain('npm start -- --json');
  expect((await start(resolve('.'))).err).toBe('');
});

test('three first commands at once build once; those that wait say so', async () => {
  const runs = await Promise.all([start(), start(), start()]);
  expect(runs.map(({ code, out }) => ({ code, out }))).toEqual(runs.map(() => ({ code: 0, out: version.out })));
  expect(buildsIn(runs)).toBe(1);
  const waited = runs.filter(({ err }) => /^Waiting for another command \(process \d+\)/m.test(err));
  expect(waited.length).toBeGreaterThan(0);
  expect(existsSync(lock)).toBe(false);
  expect(readdirSync(join(clone, '.cache'))).toEqual([]);
});

test.each(['#1', 'why?'])('a folder with a name that the bundler can not take is refused: %s', async (name) => {
  const refused = join(outer, name);
  mkdirSync(refused);
  for (const source of ['scripts', 'package.json', 'package-lock.json']) {
    cpSync(source, join(refused, source), { recursive: true });
  }
  symlinkSync(resolve('node_modules'), join(refused, 'node_modules'));
  const { code, err } = await start(refused);
  expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(/^assay: [^\n]+ # or \? [^\n]+\n$/) as string });
});

test('what is built already is not built again', async () => {
  expect(await start()).toEqual(version);
});

test('a lock that a command left behind when it was killed is no obstacle', async () => {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await new Promise((done) => child.once('close', done));
  mkdirSync(lock);
  writeFileSync(join(lock, String(child.pid)), '');
  rmSync(join(clone, 'dist/.built'));
  expect(await start()).toEqual({ ...version, err: 'Building ...\n' });
  expect(existsSync(lock)).toBe(false);
});

/** Takes from root what lets it write everywhere; nobody else needs that. */
const AS_OTHERS = ['setpriv', '--bounding-set=-dac_override,-dac_read_search,-fowner'];
const isRoot = process.getuid?.() === 0;
const asOthers = isRoot ? AS_OTHERS : [];
const canTry = !isRoot || spawnSync(AS_OTHERS.join(' '), ['true'], { shell: true }).status === 0;

describe.skipIf(!canTry)('a clone that may only be read', () => {
  const folders = [clone, join(clone, '.cache'), join(clone, 'dist')];
  const allow = (mode: number): void => {
    for (const folder of folders) chmodSync(folder, mode);
  };
  beforeAll(() => {
    mkdirSync(join(clone, '.cache'), { recursive: true });
  });
  afterEach(() => {
    allow(0o755);
  });

  test('is used as it is where nothing is left to set up', async () => {
    allow(0o555);
    expect(await start(clone, asOthers)).toEqual(version);
  });
  test('is refused in one sentence where something is', async () => {
    const stamp = join(clone, 'dist/.built');
    const built = readFileSync(stamp);
    rmSync(stamp);
    allow(0o555);
    const refused = await start(clone, asOthers);
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.err).toMatch(/^assay: [^\n]+ may not read or write [^\n]+setup\.lock[^\n]+\.\n$/);
    allow(0o755);
    writeFileSync(stamp, built);
  });
});

describe('a package that is not as the build left it is built again', () => {
  const built = (path: string): string => join(clone, 'dist', path);
  test.each<[string, () => void]>([
    ['a file is gone', () => rmSync(built('chrome/engine.js'))],
    ['a file is cut', () => writeFileSync(built('firefox/page.js'), '')],
    ['a file is too many', () => writeFileSync(built('chrome/left-over.js'), '')],
    ['the command is broken', () => writeFileSync(built('cli/cli.mjs'), 'throw new Error()')],
    ['it was stopped in the middle', () => rmSync(built('.built'))],
    ['a source is other', () => writeFileSync(join(clone, 'src/entries/new.ts'), '')],
    ['a script that makes a part of it is other', () => writeFileSync(join(clone, 'scripts/runtime/new.mjs'), '')],
  ])('%s', async (_what, harm) => {
    harm();
    expect(await start()).toEqual({ ...version, err: 'Building ...\n' });
  });
});
