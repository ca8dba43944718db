/**
 * Brings a fresh machine to where `npm start` and `npm test` work: packages, browsers, build.
 * Plain Node, no dependencies. Everything it says goes to standard error.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './setup/build.mjs';
import { withLock } from './setup/lock.mjs';
import { installPackages } from './setup/packages.mjs';
import { PROGRAM_NAMES, installPrograms } from './setup/programs.mjs';
import { ROOT, fail, say } from './setup/say.mjs';

export { ROOT, fail, say };

const LOCK = join(ROOT, '.cache/setup.lock');

const alone = (work) =>
  withLock(LOCK, work, (pid) => {
    say(`Waiting for another command (process ${pid}) that sets up this folder ...`);
  });

export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(`Node.js 20.19 or newer is needed; this is ${process.versions.node}.`);
}

export const ensurePackages = () => alone(installPackages);

/** @param names of PROGRAM_NAMES */
export const ensurePrograms = (names) => alone(() => installPrograms(names));

/** Builds, unless the packages are there already, whole and from these very sources. */
export const ensureBuild = () => alone(() => build(false));

export const rebuild = () => alone(() => build(true));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  checkNode();
  ensurePrograms(PROGRAM_NAMES);
  ensurePackages();
  ensureBuild();
}
