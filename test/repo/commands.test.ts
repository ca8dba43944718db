/** Commands that documents name exist, and say what is wrong with their arguments. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { read, readJson } from './files';

const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md'].filter((path) => existsSync(path));
const { scripts } = readJson<{ scripts: Record<string, string> }>('package.json');

it.each(DOCUMENTS)('%s names scripts that exist', (path) => {
  const named = [...read(path).matchAll(/npm run ([\w:-]+)/g)].map((match) => match[1] ?? '');
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

it('every script is a file', () => {
  const files = Object.values(scripts).flatMap((line) => line.match(/scripts\/\w+\.mjs/g) ?? []);
  expect(files.filter((file) => !existsSync(file))).toEqual([]);
});

interface Ran {
  code: number | null;
  out: string;
  err: string;
}

function run(script: string, args: string[], env: NodeJS.ProcessEnv = {}): Ran {
  const all = { encoding: 'utf8', env: { ...process.env, ...env } } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], all);
  return { code: status, out: stdout, err: stderr };
}

/** Standard error of a command that only says what is wrong: one sentence. */
const ONE_SENTENCE = /^assay: [^\n]+\.\n$/;

const COMMANDS = [...new Set(Object.values(scripts).flatMap((line) => line.match(/scripts\/\w+\.mjs/g) ?? []))];
/** The command line has a test of its own; it sets up before it reads its arguments. */
const OWN = COMMANDS.filter((path) => path !== 'scripts/start.mjs');

it.each(OWN)('%s does nothing with an option that it does not know', (path) => {
  const { code, out, err } = run(path, ['--bogus']);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(ONE_SENTENCE);
});

it.each([
  ['pack', 'chrome'],
  ['fuzz', 'file.mp4'],
  ['fuzz', '--count'],
  ['fuzz', '--count=x'],
  ['fuzz', '--count=0'],
  ['fuzz', '--from=-1'],
  ['fuzz', '--seed=1.5'],
  ['fuzz', '--browser=opera'],
  ['case', 'https://site.test/clip.mp4'],
  ['test', '--ring=sideways'],
  ['bench', '--runs=0'],
  ['trust', 'somewhere'],
])('scripts/%s.mjs %s says in one sentence what is wrong', (name, ...args) => {
  const { code, out, err } = run(`scripts/${name}.mjs`, args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(ONE_SENTENCE);
});

describe('a program that the user names', () => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-program-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it.each(['chromium', 'firefox'])('%s: one that is not there is refused, and nothing is installed', (browser) => {
    const variable = `ASSAY_${browser.toUpperCase()}`;
    for (const named of ['no-such-program', join(folder, 'none'), folder, 'package.json']) {
      const ran = run('scripts/start.mjs', ['--browser', browser, 'a.mp4'], { [variable]: named });
      expect(ran).toEqual({
        code: 2,
        out: '',
        err: `assay: ${variable} names ${JSON.stringify(named)}, and there is no such program.\n`,
      });
    }
  });
});
