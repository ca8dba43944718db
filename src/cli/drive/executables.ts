/** Finds the browsers on this machine. */
import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import type { BrowserName } from './driver';

const NAMES: Record<BrowserName, string[]> = {
  chromium: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  firefox: ['firefox-esr', 'firefox'],
};
/** Environment variables that name another executable. */
export const OVERRIDES: Record<BrowserName, string> = { chromium: 'ASSAY_CHROMIUM', firefox: 'ASSAY_FIREFOX' };

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Path of a program as a shell would find it; null when there is none. */
export function which(name: string): string | null {
  if (isAbsolute(name)) return isExecutable(name) ? name : null;
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null;
}

/** @returns null when the browser is not installed (or the override names no program) */
export function findBrowser(name: BrowserName): string | null {
  const override = process.env[OVERRIDES[name]];
  if (override !== undefined && override !== '') return which(override);
  for (const candidate of NAMES[name]) {
    const path = which(candidate);
    if (path !== null) return path;
  }
  return null;
}
