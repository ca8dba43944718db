/** A browser with the extension, which has the anchors that the command line names. */
import { readFileSync, statSync } from 'node:fs';
import type { CliOptions } from './args';
import type { BrowserDriver, Tab } from './drive/driver';
import { LaunchError } from './drive/driver';
import { launchBrowser } from './drive/launch';
import { printable } from './fit';
import { extensionFolder } from './places';

const READY_MS = 30_000;

/** The extension's page that labels what it is given. */
export async function openLabelTab(driver: BrowserDriver): Promise<Tab> {
  const tab = await driver.openTab(driver.extensionUrl('label.html'));
  await tab.waitFor('typeof window.assay === "object"', { timeoutMs: READY_MS });
  return tab;
}

function textOf(file: string): string {
  try {
    if (statSync(file).isFile()) return readFileSync(file, 'utf8'); // a pipe may never end
  } catch {
    // said below
  }
  throw new LaunchError(`${printable(file)} can't be read.`);
}

/** The extension looks at the certificates itself, by the same rules as in its options. */
async function giveAnchors(driver: BrowserDriver, file: string, text: string): Promise<void> {
  const tab = await openLabelTab(driver);
  const wrong = await tab.evaluate<string | null>('(text) => window.assay.useAnchors(text)', text);
  if (wrong !== null) throw new LaunchError(printable(`${file}: ${wrong}`));
  await tab.close();
}

/** @throws {LaunchError} */
export async function readyBrowser({ browser, headless, anchors }: CliOptions): Promise<BrowserDriver> {
  const text = anchors === undefined ? '' : textOf(anchors);
  const driver = await launchBrowser(browser, { extension: extensionFolder(browser), headless });
  if (anchors === undefined) return driver;
  try {
    await giveAnchors(driver, anchors, text);
    return driver;
  } catch (error) {
    await driver.close();
    throw error;
  }
}
