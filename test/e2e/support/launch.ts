/** The built extension in a browser, and what tests ask it. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { BrowserDriver, BrowserName, LaunchOptions, Tab } from '../../../src/cli/drive/driver';
import { welcomed } from '../../../src/cli/drive/welcomed';
import { launchBrowser } from '../../../src/cli/drive/launch';
import type { Label, LabelError } from '../../../src/contract/label';
import type { Settings } from '../../../src/contract/settings';

/** Browsers that the tests run in; `ASSAY_BROWSERS=firefox` takes one. */
export const BROWSERS = (process.env['ASSAY_BROWSERS']?.split(',') ?? ['chromium', 'firefox']) as BrowserName[];

export interface Assay {
  browser: BrowserDriver;
  /** The label page: an extension page with `window.assay`. */
  control: Tab;
  /** Opens a page in a window of its own, so that it stays visible. */
  open(url: string): Promise<Tab>;
  /** Labels of a tab's videos, all frames, once they have settled. */
  labelsOf(tab: Tab, timeoutMs?: number): Promise<(Label | LabelError)[]>;
  /** Label of a file by its address, through the engine alone. */
  labelUrl(url: string, name?: string): Promise<Label | LabelError>;
  setSettings(settings: Partial<Settings>): Promise<void>;
  /** Switches one site; `undefined` takes its switch away. */
  setSite(site: string, value: 'on' | 'off' | undefined): Promise<void>;
  close(): Promise<void>;
}

const API = '(globalThis.browser ?? globalThis.chrome)';

export async function launchAssay(name: BrowserName, options: Partial<LaunchOptions> = {}): Promise<Assay> {
  const extension = resolve('dist', name === 'firefox' ? 'firefox' : 'chrome');
  if (!existsSync(extension)) throw new Error(`${extension} is missing: run \`npm run build\` first`);
  const browser = await launchBrowser(name, { extension, headless: true, anyCertificate: true, ...options });
  try {
    const control = await browser.openTab(browser.extensionUrl('label.html'));
    await control.waitFor('typeof window.assay === "object"', { timeoutMs: 30_000 });
    await welcomed(browser);
    return {
      browser,
      control,
      open: (url) => browser.openTab(url, { window: true }),
      labelsOf: async (tab, timeoutMs = 60_000) => {
        const url = await tab.url();
        return await control.evaluate('(request) => window.assay.labelPage(request)', { url, input: url, timeoutMs });
      },
      labelUrl: (url, file = 'video.mp4') =>
        control.evaluate('(request) => window.assay.labelUrl(request)', { url, input: url, name: file }),
      setSettings: (settings) => control.evaluate(`(settings) => ${API}.storage.local.set(settings)`, settings),
      setSite: (site, value) =>
        value === undefined
          ? control.evaluate(`(key) => ${API}.storage.local.remove(key)`, `site:${site}`)
          : control.evaluate(`(site) => ${API}.storage.local.set(site)`, { [`site:${site}`]: value }),
      close: () => browser.close(),
    };
  } catch (error) {
    await browser.close();
    throw error;
  }
}
