/**
 * Brings a fresh machine to where `npm start` and `npm test` work: packages, browsers, build.
 * Plain Node, no dependencies. Everything it says goes to standard error.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, isBuilt } from './setup/build.mjs';
import { withAccess } from './setup/access.mjs';
import { withLock } from './setup/lock.mjs';
import { arePackagesThere, installPackages } from './setup/packages.mjs';
import { PROGRAM_NAMES, areProgramsThere, installPrograms } from './setup/programs.mjs';
import { ROOT, fail, say } from './setup/say.mjs';

export { ROOT, fail, say };

const LOCK = join(ROOT, '.cache/setup.lock');

const alone = (work) =>
  withLock(LOCK, work, (pid) => {
    say(`Waiting for another command (process ${pid}) that sets up this folder ...`);
  });

/** What is done already needs no lock: a finished folder can be used by those who may only read it. */
const ensure = (isDone, work) =>
  withAccess(() => {
    if (isDone()) return;
    alone(() => {
      if (!isDone()) work(); // another command may have done it in the meantime
    });
  });

export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(`Node.js 20.19 or newer is needed; this is ${process.versions.node}.`);
}

export const ensurePackages = () => ensure(arePackagesThere, installPackages);

/** @param names of PROGRAM_NAMES */
export const ensurePrograms = (names) =>
  ensure(
    () => areProgramsThere(names),
    () => installPrograms(names),
  );

/** Builds, unless the packages are there already, whole and from these very sources. */
export const ensureBuild = () => ensure(isBuilt, build);

export const rebuild = () => withAccess(() => alone(build));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  checkNode();
  ensurePrograms(PROGRAM_NAMES);
  ensurePackages();
  ensureBuild();
}
