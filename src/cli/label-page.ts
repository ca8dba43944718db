/** Labels the videos of a page: opens it as a person would, and asks the extension what it put on them. */
import type { Tab } from './drive/driver';
import { failure, type Input } from './inputs';
import type { BrowserSession } from './session';

const LABELS_MS = 60_000;
const LOAD_MS = 10_000;
/** Scripts of a page put their players in after it has loaded. */
const PLAYERS_MS = 2_000;
const TRIES = 3;
/** Videos out of sight wait; a tall window shows most pages to their end. */
const VIEWPORT = [1280, 2400] as const;
/** Opening, loading and all tries together. */
export const PAGE_DEADLINE_MS = 60_000 + LOAD_MS + PLAYERS_MS + 2 * LABELS_MS;

/** Videos that wait for a click are played, muted, as far as the page lets them. */
const PLAY = `(() => {
  for (const video of document.querySelectorAll('video')) {
    if (!video.paused) continue;
    video.muted = true;
    video.play().catch(() => {});
  }
})()`;

/** Waits for what most pages do within seconds; a page that never stops loading is taken as it is. */
async function settle(page: Tab): Promise<void> {
  await page.waitFor("document.readyState === 'complete'", { timeoutMs: LOAD_MS }).catch(() => false);
  await page.evaluate(PLAY).catch(() => null);
  await new Promise((done) => setTimeout(done, PLAYERS_MS));
}

const hasVideo = (page: Tab): Promise<boolean> =>
  page.evaluate<boolean>("document.querySelector('video') !== null").catch(() => false);

const isNoVideo = (answer: unknown): boolean =>
  Array.isArray(answer) &&
  answer.length === 1 &&
  (answer[0] as { error?: { code?: unknown } } | null)?.error?.code === 'no-video';

/** @returns answers as the extension gave them, not yet checked */
export async function labelPage(
  input: Extract<Input, { kind: 'page' }>,
  tab: Tab,
  session: BrowserSession,
): Promise<unknown[]> {
  const page = await (await session.browser()).openTab(undefined, { window: true });
  try {
    await page.setViewport(...VIEWPORT);
    try {
      await page.goto(input.url);
    } catch {
      return [failure(input.input, 'page-failed', `${input.input} could not be opened.`)];
    }
    await settle(page);
    const request = { url: await page.url(), input: input.input, timeoutMs: LABELS_MS };
    for (let tries = 1; ; tries++) {
      const answer = await tab.evaluate<unknown>('(request) => window.assay.labelPage(request)', request);
      // The extension may have asked before all frames were there to answer.
      if (tries < TRIES && isNoVideo(answer) && (await hasVideo(page))) continue;
      return Array.isArray(answer) ? answer : [answer];
    }
  } finally {
    if (session.isAlive()) await page.close();
  }
}
