/**
 * `npm run pack`: the two store packages, the same bytes on every run, machine and time zone: names
 * sorted, one fixed date. Zip stores local time, so the date is made of local fields.
 */
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { readArguments } from './setup/arguments.mjs';
import { ROOT, ensureBuild, ensurePackages } from './setup.mjs';

const LIMIT_BYTES = 24_000_000;
const DATE = new Date(2026, 0, 1);

function filesOf(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesOf(path) : [path];
  });
}

/** @returns the package's bytes */
function zipFolder(zipSync, folder) {
  const names = filesOf(folder).map((path) => relative(folder, path).split(sep).join('/'));
  names.sort((a, b) => (a < b ? -1 : 1)); // not by locale
  const files = Object.fromEntries(names.map((name) => [name, new Uint8Array(readFileSync(join(folder, name)))]));
  return zipSync(files, { level: 9, mtime: DATE, os: 0, attrs: 0 });
}

readArguments();
ensurePackages();
ensureBuild();
const { zipSync } = await import('fflate');
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
for (const browser of ['chrome', 'firefox']) {
  const bytes = zipFolder(zipSync, join(ROOT, 'dist', browser));
  const name = `dist/assay-${browser}-${version}.zip`;
  writeFileSync(join(ROOT, name), bytes);
  process.stdout.write(`${name} ${(bytes.length / 1_000_000).toFixed(2)} MB\n`);
  if (bytes.length > LIMIT_BYTES) {
    process.stderr.write(`assay: ${name} is over the limit of ${String(LIMIT_BYTES / 1_000_000)} MB.\n`);
    process.exitCode = 1;
  }
}
