/** Commands that documents name exist. */
import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
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
