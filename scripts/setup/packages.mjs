/** The packages of the lock file. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, fail, run, say } from './say.mjs';

const digest = (text) => createHash('sha256').update(text).digest('hex');

const LOCK_FILE = join(ROOT, 'package-lock.json');
const STAMP = join(ROOT, 'node_modules/.assay-lock');
const INSTALLED = join(ROOT, 'node_modules/.package-lock.json');

const lockDigest = () => digest(readFileSync(LOCK_FILE));
const stamped = () => (existsSync(STAMP) ? readFileSync(STAMP, 'utf8') : null);

/** @returns whether what is installed is known to belong to this lock file */
export const arePackagesThere = () => stamped() === lockDigest();

/** `npm ci`, unless somebody has done that by hand since the lock file was written. */
export function installPackages() {
  const installed = existsSync(INSTALLED) && statSync(INSTALLED).mtimeMs >= statSync(LOCK_FILE).mtimeMs;
  if (stamped() !== null || !installed) {
    say('Installing packages ...');
    if (!run('npm', ['ci', '--loglevel=error'])) fail('`npm ci` failed; its message is above.');
  }
  writeFileSync(STAMP, lockDigest());
}
