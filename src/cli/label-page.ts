/** Labels the videos of a page: opens it as a person would, and asks the extension what it put on them. */
import type { LabelError } from '../contract/label';
import type { Found } from './address';
import type { Tab } from './drive/driver';
import { welcomed } from './drive/welcomed';
import { Late, within } from './drive/within';
import type { BrowserSession } from './session';
import { refused, unreached } from './unreached';

type Page = Extract<Found, { kind: 'page' }>;

const LABELS_MS = 60_000;
/** Until the page begins to show; it may go on loading. */
export const OPEN_MS = 20_000;
const LOAD_MS = 10_000;
/** Scripts of a page put their players in after it has loaded. */
const PLAYERS_MS = 2_000;
const TRIES = 3;
/** Videos out of sight wait until the extension scrolls to them; a tall window shows most pages to their end. */
const VIEWPORT = [1280, 2400] as const;
/** Many pages bring in what is further down only once it is scrolled to; a page without end has to stop somewhere. */
const MAX_SCREENS = 15;
const SCREEN_MS = 300;
const WALK = `(async () => {
  for (let i = 0; i < ${MAX_SCREENS} && scrollY + innerHeight + 1 < document.documentElement.scrollHeight; i++) {
    scrollBy({ top: innerHeight, behavior: 'instant' });
    await new Promise((done) => setTimeout(done, ${SCREEN_MS}));
  }
  scrollTo({ top: 0, behavior: 'instant' });
})()`;
const WALK_MS = 2 * MAX_SCREENS * SCREEN_MS;

/** Opening, loading and all tries together; a page with many videos takes up to four times as long as one with one. */
export const PAGE_DEADLINE_MS = 60_000 + OPEN_MS + LOAD_MS + WALK_MS + PLAYERS_MS + 4 * LABELS_MS;

/** Videos that wait for a click are played, muted, as far as the page lets them. Gives how many there are. */
const PLAY = `(() => {
  const videosIn = (root) => [...root.querySelectorAll('*')].flatMap((element) => [
    ...(element instanceof HTMLVideoElement ? [element] : []),
    ...(element.shadowRoot === null ? [] : videosIn(element.shadowRoot)),
  ]);
  const videos = videosIn(document);
  for (const video of videos) {
    if (!video.paused) continue;
    video.muted = true;
    video.play().catch(() => {});
  }
  return videos.length;
})()`;

/** Plays what there is in all frames. @returns whether there is a video */
async function play(page: Tab): Promise<boolean> {
  return (await page.inFrames<number>(PLAY)).some((videos) => videos > 0);
}

/** Waits for what most pages do within seconds; a page that never stops loading is taken as it is. */
async function settle(page: Tab): Promise<void> {
  await page.waitFor("document.readyState === 'complete'", { timeoutMs: LOAD_MS }).catch(() => false);
  await play(page);
  await within(page.evaluate(WALK), WALK_MS).catch(() => undefined);
  await new Promise((done) => setTimeout(done, PLAYERS_MS));
}

const isBlank = (url: string): boolean => url === '' || url === 'about:blank';

/** @returns what is wrong; null when there is a page */
async function open(page: Tab, { input, url }: Page): Promise<LabelError | null> {
  try {
    await page.goto(url, 'interactive', OPEN_MS);
  } catch (error) {
    if (!(error instanceof Late)) return unreached(input, error instanceof Error ? error.message : '');
    // A page that has begun and doesn't come to its end is taken as it is.
    return isBlank(await page.url()) ? unreached(input, 'TIMED_OUT') : null;
  }
  return isBlank(await page.url()) ? unreached(input, 'ABORTED') : null; // a download
}

/** Whether the extension has found nothing that it could label or name. */
const isNothing = (answers: unknown[]): boolean =>
  answers.length === 1 &&
  ['no-video', 'no-page'].includes((answers[0] as Partial<LabelError> | null)?.error?.code ?? '');

const STATUS = "performance.getEntriesByType('navigation')[0]?.responseStatus ?? 0";

/** Of a page without video: the server may have refused it. */
async function refusedPage(page: Tab, input: string): Promise<LabelError | null> {
  const status = await page.evaluate<number>(STATUS).catch(() => 0);
  return status >= 400 ? refused(input, status) : null;
}

/** @returns answers as the extension gave them, not yet checked */
export async function labelPage(input: Page, tab: Tab, session: BrowserSession): Promise<unknown[]> {
  const browser = await session.browser();
  await welcomed(browser);
  const page = await browser.openTab(undefined, { window: true });
  try {
    await page.setViewport(...VIEWPORT);
    const fault = await open(page, input);
    if (fault !== null) return [fault];
    await settle(page);
    const known = { url: await page.url(), input: input.input, timeoutMs: LABELS_MS };
    for (let tries = 1; ; tries++) {
      const hasVideo = await play(page);
      const request = { ...known, hasVideo, scroll: true };
      const answers = await tab.evaluate<unknown[]>('(request) => window.assay.labelPage(request)', request);
      if (!isNothing(answers)) return answers;
      // The extension may have asked before all frames were there to answer.
      if (tries < TRIES && hasVideo) continue;
      return [(await refusedPage(page, input.input)) ?? answers[0]];
    }
  } finally {
    if (session.isAlive()) await page.close();
  }
}
