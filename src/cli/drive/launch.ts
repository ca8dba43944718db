/** Starts the browser of a name with the extension. */
import { launchChromium } from './chromium';
import type { BrowserDriver, BrowserName, LaunchOptions } from './driver';
import { launchFirefox } from './firefox';

export function launchBrowser(name: BrowserName, options: LaunchOptions): Promise<BrowserDriver> {
  return name === 'firefox' ? launchFirefox(options) : launchChromium(options);
}
