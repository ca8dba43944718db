/** Without inputs: a browser with the extension and a page of samples; without a display their labels. */
import type { CliOptions } from './args';
import { welcomed } from './drive/welcomed';
import type { Output } from './output';
import { GALLERY, SAMPLES } from './places';
import { readyBrowser } from './ready-browser';
import { EXIT_OK, run } from './run';
import type { FileServer } from './server';

/** The page with its samples named, so that it finds them on the server. */
function galleryUrl(server: FileServer): string {
  return `${server.folder(GALLERY)}index.html?samples=${encodeURIComponent(server.folder(SAMPLES))}`;
}

/** @returns the exit code */
export async function gallery(options: CliOptions, server: FileServer, output: Output): Promise<number> {
  const url = galleryUrl(server);
  if (options.headless) {
    return await run([{ kind: 'address', input: 'gallery', url: new URL(url) }], options, server, output);
  }
  const browser = await readyBrowser(options);
  process.stderr.write('Assay: the gallery is open. Close the browser or press Ctrl-C to end.\n');
  const tab = await browser.openTab(url);
  await welcomed(browser); // it stays, behind the gallery
  await tab.activate().catch(() => undefined);
  await browser.closed;
  await browser.close();
  return EXIT_OK;
}
