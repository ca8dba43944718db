/** Chromium of the bench's own, with or without Assay, that traces what a page's main thread does. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import puppeteer from 'puppeteer-core';
import type { Page } from 'puppeteer-core';
import { findBrowser } from '../../src/cli/drive/executables';
import { CONTROL } from './script-pages';
import type { Profiled } from './script';
import { threadCost } from './trace';
import type { TraceEvent } from './trace';

const CATEGORIES = ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline', 'v8', '__metadata'];

export async function profiledChromium(withAssay: boolean): Promise<Profiled> {
  const profile = mkdtempSync(join(tmpdir(), 'assay-bench-chromium-'));
  const browser = await puppeteer.launch({
    executablePath: findBrowser('chromium'),
    headless: true,
    pipe: true,
    enableExtensions: true,
    userDataDir: profile,
    protocolTimeout: 0,
    defaultViewport: { width: 1200, height: 850 },
    args: [
      ...['--no-sandbox', '--autoplay-policy=no-user-gesture-required', '--disable-background-networking'],
      ...['--no-first-run', '--disable-dev-shm-usage', '--mute-audio', '--window-size=1280,900'],
    ],
  });
  const id = withAssay ? await browser.installExtension(resolve('dist/chrome')) : null;
  let control: Page | undefined;
  const trace = async (page: Page, work: () => Promise<void>): Promise<TraceEvent[]> => {
    await page.tracing.start({ categories: CATEGORIES });
    await work();
    const bytes = await page.tracing.stop();
    return (JSON.parse(Buffer.from(bytes ?? []).toString()) as { traceEvents: TraceEvent[] }).traceEvents;
  };
  /** @param before is opened first, in the same tab */
  const load = async (url: string, settle: number, before?: string, then?: () => Promise<void>) => {
    const page = await browser.newPage({ type: 'window' });
    try {
      if (before !== undefined) await page.goto(before, { waitUntil: 'load' });
      const events = await trace(page, async () => {
        await page.goto(url, { waitUntil: 'load' });
        await new Promise((done) => setTimeout(done, settle * 1000));
      });
      await then?.();
      return threadCost(events, url);
    } finally {
      await page.close();
    }
  };
  return {
    load: async (url, settle, then) => await load(url, settle, undefined, then),
    again: async (url, settle) => await load(url, settle, `${url}?before`),
    during: async (url, settle, code, seconds) => {
      const page = await browser.newPage({ type: 'window' });
      try {
        await page.goto(url, { waitUntil: 'load' });
        await new Promise((done) => setTimeout(done, settle * 1000));
        const events = await trace(page, async () => {
          await page.evaluate(`(${code})(${String(seconds)})`);
        });
        return threadCost(events, url);
      } finally {
        await page.close();
      }
    },
    control: async (code, argument) => {
      if (control === undefined) {
        control = await browser.newPage();
        await control.goto(`chrome-extension://${String(id)}/${CONTROL}`, { waitUntil: 'load' });
      }
      return (await control.evaluate(`(${code})(${JSON.stringify(argument)})`)) as never;
    },
    close: async () => {
      await browser.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
