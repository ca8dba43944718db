/** Finds the browsers on this machine. */
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { LaunchError, type BrowserName } from './driver';

const NAMES: Record<BrowserName, string[]> = {
  chromium: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  firefox: ['firefox-esr', 'firefox'],
};
const TITLES: Record<BrowserName, string> = { chromium: 'Chromium', firefox: 'Firefox' };
/** Environment variables that name another executable. */
const OVERRIDES: Record<BrowserName, string> = { chromium: 'ASSAY_CHROMIUM', firefox: 'ASSAY_FIREFOX' };

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Path of a program as a shell would find it; null when there is none. */
export function which(name: string): string | null {
  if (name.includes('/')) return isExecutable(name) ? resolve(name) : null;
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null;
}

/**
 * Path of a browser on this machine.
 * @throws {LaunchError} when it is not there, or what the user has named is no program
 */
export function findBrowser(name: BrowserName): string {
  const variable = OVERRIDES[name];
  const named = process.env[variable];
  if (named !== undefined && named !== '') {
    const path = which(named);
    if (path !== null) return path;
    throw new LaunchError(`${variable} names ${JSON.stringify(named)}, and there is no such program.`);
  }
  const path = NAMES[name].map(which).find((found) => found !== null);
  if (path === undefined) throw new LaunchError(`${TITLES[name]} was not found. \`npm start\` installs it.`);
  return path;
}
