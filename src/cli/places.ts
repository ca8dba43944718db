/** Where the built extension, the gallery and the samples are, seen from the built command. */
import { fileURLToPath } from 'node:url';
import type { BrowserName } from './drive/driver';

/** The command is built to `dist/cli/cli.mjs`. */
const root = new URL('../../', import.meta.url);
const place = (path: string): string => fileURLToPath(new URL(path, root));

export const extensionFolder = (browser: BrowserName): string =>
  place(browser === 'firefox' ? 'dist/firefox' : 'dist/chrome');
export const GALLERY = place('src/cli/gallery');
export const SAMPLES = place('test/fixtures/media');
