/** The extension's own welcome opens some time after the install, in front: what was opened before is hidden by it. */
import type { BrowserDriver } from './driver';
import { poll } from './page-code';

const WELCOME_MS = 8_000;
const seen = new WeakMap<BrowserDriver, Promise<void>>();

async function shown(browser: BrowserDriver): Promise<void> {
  const welcome = browser.extensionUrl('welcome.html');
  await poll(async () => (await browser.findTabs(welcome)).length > 0, WELCOME_MS, welcome).catch(() => false);
}

/** Waits until the welcome has come, once for each browser; one that doesn't come is waited for some seconds. */
export function welcomed(browser: BrowserDriver): Promise<void> {
  const known = seen.get(browser) ?? shown(browser);
  seen.set(browser, known);
  return known;
}
