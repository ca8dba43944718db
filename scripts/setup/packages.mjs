/** The packages of the lock file. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, fail, run, say } from './say.mjs';

const digest = (text) => createHash('sha256').update(text).digest('hex');

/** `npm ci`, unless what is installed belongs to this lock file. */
export function installPackages() {
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
