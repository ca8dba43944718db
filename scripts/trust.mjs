/**
 * `npm run trust:refresh`: brings the official lists up to date, with commit, date and hash, and says what came
 * and went. Frozen lists stay as they are. Nothing is written unless every list could be had and read.
 * `--api`, `--raw` and `--folder` name other places (tests).
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readArguments } from './setup/arguments.mjs';
import { ROOT, fail } from './setup.mjs';
import { certificatesIn, changes } from './trust/certificates.mjs';
import { download } from './trust/download.mjs';

const { values: from } = readArguments({
  api: { type: 'string', default: 'https://api.github.com' },
  raw: { type: 'string', default: 'https://raw.githubusercontent.com' },
  folder: { type: 'string', default: join(ROOT, 'public/trust') },
});
const pathOf = (file) => join(from.folder, file);

/** All files are there, whole, before the first takes its place: a full disk changes nothing. */
function write(texts) {
  const files = Object.keys(texts);
  try {
    for (const file of files) writeFileSync(pathOf(`${file}.new`), texts[file]);
    for (const file of files) renameSync(pathOf(`${file}.new`), pathOf(file));
  } finally {
    for (const file of files) rmSync(pathOf(`${file}.new`), { force: true });
  }
}

async function refreshed(list) {
  const { text, ...facts } = await download(list, from);
  const after = certificatesIn(text, list.file);
  const before = certificatesIn(readFileSync(pathOf(list.file), 'utf8'), list.file);
  return { text, list: { ...list, certificates: after.length, ...facts }, news: changes(before, after) };
}

function report({ list, news }) {
  const what = news.length === 0 ? 'the same' : 'changed';
  process.stdout.write(`${list.file}: ${what}, ${list.certificates} certificates, ${list.date}\n`);
  for (const line of news) process.stdout.write(`  ${line}\n`);
}

try {
  const { lists } = JSON.parse(readFileSync(pathOf('sources.json'), 'utf8'));
  const found = await Promise.all(lists.filter(({ frozen }) => frozen !== true).map(refreshed));
  const renewed = lists.map((list) => found.find((f) => f.list.file === list.file)?.list ?? list);
  write({
    ...Object.fromEntries(found.map(({ list, text }) => [list.file, text])),
    'sources.json': `${JSON.stringify({ lists: renewed }, null, 2)}\n`,
  });
  found.forEach(report);
  process.stdout.write('Now: npm run build, node scripts/third-party.mjs, npm test.\n');
} catch (error) {
  fail(`${error.message} Nothing was changed.`);
}
