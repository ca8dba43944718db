/** A browser with the extension, set as the command line says. */
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

async function onPage(driver: BrowserDriver, work: (tab: Tab) => Promise<void>): Promise<void> {
  const tab = await openLabelTab(driver);
  await work(tab);
  await tab.close();
}

/** The extension looks at the certificates itself, by the same rules as in its options. */
async function giveAnchors(tab: Tab, file: string, text: string): Promise<void> {
  const wrong = await tab.evaluate<string | null>('(text) => window.assay.useAnchors(text)', text);
  if (wrong !== null) throw new LaunchError(printable(`${file}: ${wrong}`));
}

/** @throws {LaunchError} */
export async function readyBrowser({ browser, headless, anchors, estimate }: CliOptions): Promise<BrowserDriver> {
  const text = anchors === undefined ? '' : textOf(anchors);
  const driver = await launchBrowser(browser, { extension: extensionFolder(browser), headless });
  try {
    if (anchors !== undefined) await onPage(driver, (tab) => giveAnchors(tab, anchors, text));
    if (!estimate) await onPage(driver, (tab) => tab.evaluate('window.assay.lookAtNothing()'));
    return driver;
  } catch (error) {
    await driver.close();
    throw error;
  }
}
