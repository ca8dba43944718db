/** Browsers and tools that the machine has to have; installed by `apt-get` where that may be done. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fail, run, say } from './say.mjs';

const quiet = (command, args) => spawnSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

function isProgram(name) {
  const folders = name.includes('/') ? [''] : (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.some((folder) => {
    const path = folder === '' ? name : join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return statSync(path).isFile();
    } catch {
      return false;
    }
  });
}

/** What is looked for, and the Debian and Ubuntu packages that give it, best first. */
const PROGRAMS = {
  chromium: {
    programs: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    override: 'ASSAY_CHROMIUM',
    packages: ['chromium', 'chromium-browser'],
  },
  firefox: {
    programs: ['firefox-esr', 'firefox'],
    override: 'ASSAY_FIREFOX',
    packages: ['firefox-esr', 'firefox'],
  },
  ffmpeg: { programs: ['ffmpeg'], packages: ['ffmpeg'] },
  openssl: { programs: ['openssl'], packages: ['openssl'] },
  git: { programs: ['git'], packages: ['git'] },
};
export const PROGRAM_NAMES = Object.keys(PROGRAMS);

/** What the user has named is taken or refused; installing something else would not be what was meant. */
function isThere({ programs, override }) {
  const named = override === undefined ? undefined : process.env[override];
  if (!named) return programs.some(isProgram);
  if (!isProgram(named)) fail(`${override} names ${JSON.stringify(named)}, and there is no such program.`);
  return true;
}

/** How apt-get may be called; null when it may not. */
function aptCommand() {
  if (!isProgram('apt-get')) return null;
  if (process.getuid?.() === 0) return ['apt-get'];
  return isProgram('sudo') && quiet('sudo', ['-n', 'true']).status === 0 ? ['sudo', '-n', 'apt-get'] : null;
}

/** The first of the packages that this distribution has. */
function available(packages) {
  return packages.find((name) => /Candidate: (?!\(none\))/.test(quiet('apt-cache', ['policy', name]).stdout ?? ''));
}

const missingOf = (names) => names.filter((name) => !isThere(PROGRAMS[name]));

/** @param names of PROGRAM_NAMES */
export const areProgramsThere = (names) => missingOf(names).length === 0;

/** @param names of PROGRAM_NAMES, of which some are missing */
export function installPrograms(names) {
  const missing = missingOf(names);
  const apt = aptCommand();
  const byHand = missing.map((name) => PROGRAMS[name].packages[0]).join(' ');
  if (apt === null) fail(`${missing.join(', ')} not found. Install with: sudo apt-get install ${byHand}`);
  say(`Installing ${missing.join(', ')} ...`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const [command, ...before] = apt;
  if (missing.some((name) => available(PROGRAMS[name].packages) === undefined)) {
    run(command, [...before, '-qq', 'update'], env);
  }
  const packages = missing.map((name) => available(PROGRAMS[name].packages) ?? PROGRAMS[name].packages[0]);
  const install = [...before, '-qq', '-y', 'install', '--no-install-recommends', ...packages];
  // Package lists may be older than what the servers hold: once more with fresh ones.
  const done =
    run(command, install, env) || (run(command, [...before, '-qq', 'update'], env) && run(command, install, env));
  if (!done || !areProgramsThere(missing)) {
    fail(`${missing.join(', ')} could not be installed. Install with: sudo apt-get install ${byHand}`);
  }
}
