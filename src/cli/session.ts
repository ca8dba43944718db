/** One browser for the whole run, started when first needed and again if it dies under an input. */
import type { BrowserDriver, Tab } from './drive/driver';
import { openLabelTab } from './ready-browser';

export interface BrowserSession {
  browser(): Promise<BrowserDriver>;
  /** A label page that nobody else uses; give it back with `release`. */
  labelTab(): Promise<Tab>;
  /** @param broken the tab is closed, which ends what it was doing */
  release(tab: Tab, broken: boolean): Promise<void>;
  /** Whether the browser that runs now is the one that was there before. */
  isAlive(): boolean;
  close(): Promise<void>;
}

export function browserSession(launch: () => Promise<BrowserDriver>): BrowserSession {
  let running: Promise<BrowserDriver> | null = null;
  let alive = false;
  let free: Tab[] = [];

  const start = async (): Promise<BrowserDriver> => {
    const driver = await launch();
    alive = true;
    void driver.closed.then(() => {
      alive = false;
      running = null;
      free = [];
    });
    return driver;
  };
  const browser = (): Promise<BrowserDriver> => {
    running ??= start().catch((error: unknown) => {
      running = null;
      throw error;
    });
    return running;
  };

  return {
    browser,
    labelTab: async () => {
      const driver = await browser();
      const known = free.pop();
      if (known !== undefined) return known;
      return await openLabelTab(driver);
    },
    release: async (tab, broken) => {
      if (!broken) free.push(tab);
      else if (alive) await tab.close();
    },
    isAlive: () => alive,
    close: async () => {
      const driver = await running?.catch(() => null);
      await driver?.close();
    },
  };
}
