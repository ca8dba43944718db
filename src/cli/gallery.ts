/** Without inputs: a browser with the extension and a page of samples; without a display their labels. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CliOptions } from './args';
import { poll } from './drive/page-code';
import { readInputs, type Input } from './inputs';
import type { Output } from './output';
import { GALLERY, SAMPLES } from './places';
import { readyBrowser } from './ready-browser';
import { EXIT_OK, run } from './run';
import type { FileServer } from './server';

const WELCOME_MS = 8_000;

/** The page with its samples named, so that it finds them on the server. */
function galleryUrl(server: FileServer): string {
  return `${server.folder(GALLERY)}index.html?samples=${encodeURIComponent(server.folder(SAMPLES))}`;
}

/** Files of the samples that the page shows; the one in pieces is no file. */
function sampleFiles(): string[] {
  const samples = JSON.parse(readFileSync(join(GALLERY, 'samples.json'), 'utf8')) as { file?: string }[];
  return samples
    .flatMap(({ file }) => (file === undefined ? [] : [join(SAMPLES, file)]))
    .filter((path) => existsSync(path));
}

/** @returns the exit code */
export async function gallery(options: CliOptions, server: FileServer, output: Output): Promise<number> {
  const url = galleryUrl(server);
  if (options.headless) {
    const page: Input = { kind: 'page', input: 'gallery', url };
    return await run([page, ...(await readInputs(sampleFiles()))], options, server, output);
  }
  const browser = await readyBrowser(options);
  process.stderr.write('Assay: the gallery is open. Close the browser or press Ctrl-C to end.\n');
  const tab = await browser.openTab(url);
  // The extension's own welcome comes first on a fresh profile: it stays, behind the gallery.
  const welcome = browser.extensionUrl('welcome.html');
  await poll(async () => (await browser.findTabs(welcome)).length > 0, WELCOME_MS, welcome).catch(() => false);
  await tab.activate().catch(() => undefined);
  await browser.closed;
  await browser.close();
  return EXIT_OK;
}
