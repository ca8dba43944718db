/**
 * `node scripts/marks.mjs`: measures the picture reader and writes docs/marks.md. `--per-mark N` (12), `--friends N`
 * (200), `--only PART` (drawn, friends, real, marked) and `--data FOLDER`. A run that was stopped goes on where it was;
 * `.cache/marks` holds what it has found.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT, ensurePackages, ensurePrograms, fail, say } from './setup.mjs';

function readArguments() {
  try {
    const options = {
      'per-mark': { type: 'string', default: '12' },
      friends: { type: 'string', default: '200' },
      only: { type: 'string', multiple: true, default: [] },
      data: { type: 'string', default: join(ROOT, '../shared/data') },
    };
    return parseArgs({ options, args: process.argv.slice(2) }).values;
  } catch (error) {
    return fail(error.message);
  }
}

const { 'per-mark': perMark, friends, only, data } = readArguments();
for (const text of [perMark, friends]) if (!/^\d+$/.test(text)) fail(`${text} is not a number.`);
ensurePrograms(['ffmpeg']);
ensurePackages();
process.chdir(ROOT);
const { runnerImport } = await import('vite');
const { module } = await runnerImport(join(ROOT, 'test/marks/main.ts'), { root: ROOT, configFile: false });
const results = join(ROOT, '.cache/marks/results.jsonl');
const text = await module.main({ data, results, perMark: Number(perMark), friends: Number(friends), only, say });
const { format } = await import('prettier');
writeFileSync(
  join(ROOT, 'docs/marks.md'),
  await format(text, { parser: 'markdown', printWidth: 120, singleQuote: true }),
);
