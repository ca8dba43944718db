/** A browser with the built extension, and a server of the test pages. */
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import type { BrowserDriver, BrowserName, Tab } from '../../src/cli/drive/driver';
import { launchBrowser } from '../../src/cli/drive/launch';
import { welcomed } from '../../src/cli/drive/welcomed';
import { PAGES } from './pages';

export const BROWSERS: BrowserName[] = (process.env['ASSAY_BROWSERS']?.split(',') as BrowserName[] | undefined) ?? [
  'chromium',
  'firefox',
];

/** Our host in a page. */
export const HOST = 'div[popover]';

export interface Bench {
  browser: BrowserDriver;
  open(path: string): Promise<Tab>;
  /** An extension page, from which storage can be written. */
  control(): Promise<Tab>;
  close(): Promise<void>;
}

const POLL_MS = 150;
const STRICT =
  "default-src 'none'; style-src 'none'; media-src blob:; script-src 'unsafe-inline'; require-trusted-types-for 'script'";

/** The first-run page opens by itself and would hide the page under test. */
async function closeWelcome(browser: BrowserDriver): Promise<void> {
  await welcomed(browser);
  const [welcome] = await browser.findTabs(browser.extensionUrl('welcome.html'));
  await welcome?.close();
}

export async function bench(name: BrowserName): Promise<Bench> {
  const extension = resolve(process.env['ASSAY_DIST'] ?? 'dist', name === 'firefox' ? 'firefox' : 'chrome');
  if (!existsSync(extension)) throw new Error(`${extension} is missing: npm run build`);
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://site.test');
    const page = PAGES[url.pathname];
    response.setHeader('content-type', 'text/html; charset=utf-8');
    if (url.searchParams.has('strict')) response.setHeader('content-security-policy', STRICT);
    response.statusCode = page === undefined ? 404 : 200;
    response.end(page ?? 'not here');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const browser = await launchBrowser(name, { extension, headless: true });
  await closeWelcome(browser);
  return {
    browser,
    open: async (path) => {
      const tab = await browser.openTab();
      await tab.setViewport(1000, 760);
      await tab.goto(`http://site.test:${String(port)}${path}`, 'load');
      await tab.activate();
      return tab;
    },
    control: async () => await browser.openTab(browser.extensionUrl('popup.html?tab=-1')),
    close: async () => {
      await browser.close();
      server.close();
    },
  };
}

const WORDS = `(root) => [...root.querySelectorAll('.badge')].filter((b) => b.checkVisibility())
  .map((b) => [...b.querySelectorAll('.words')].map((w) => w.textContent).join(' | '))`;

/** The words of all badges that a page shows; none while there is no host. */
export async function badges(tab: Tab): Promise<string[]> {
  const hosts = await tab.evaluate<number>(`document.querySelectorAll('${HOST}').length`);
  return hosts === 0 ? [] : await tab.inShadow<string[]>(HOST, WORDS);
}

/** Waits until the badges are as wanted; answers their words. */
export async function badgesUntil(
  tab: Tab,
  wanted: (words: string[]) => boolean,
  timeoutMs = 15_000,
): Promise<string[]> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const words = await badges(tab);
    if (wanted(words)) return words;
    if (Date.now() > end) throw new Error(`badges are ${JSON.stringify(words)}`);
    await new Promise((done) => setTimeout(done, POLL_MS));
  }
}

/** Middle of the first element in our root that matches, in the viewport. */
async function middleOf(tab: Tab, selector: string): Promise<{ x: number; y: number }> {
  return await tab.inShadow(
    HOST,
    `(root, selector) => {
    const box = root.querySelector(selector).getBoundingClientRect();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }`,
    selector,
  );
}

/** Clicks the first badge and waits until the panel is there. */
export async function openPanel(tab: Tab): Promise<void> {
  const { x, y } = await middleOf(tab, '.part');
  await tab.click(x, y);
  const end = Date.now() + 10_000;
  while (!(await tab.inShadow<boolean>(HOST, `(root) => root.querySelector('.panel')?.checkVisibility() === true`))) {
    if (Date.now() > end) throw new Error('no panel after the click');
    await new Promise((done) => setTimeout(done, POLL_MS));
  }
}
