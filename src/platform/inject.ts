/** Brings a further part of the content script into a frame that needs it. */
import { ASKED, LIFE } from '../contract/messages';
import type { Part } from '../contract/messages';
import { noticeSiteAt } from '../contract/notices';
import { api } from './api';
import type { Sender } from './messaging';

/** Nothing else is ever injected, whatever a message says. */
const FILES: Record<Part, string> = {
  videos: '/videos.js',
  panel: '/panel.js',
  rows: '/rows.js',
  streams: '/streams.js',
  sites: '/sites.js',
};

/** The one frame that asks; null when it is in no tab. */
function targetOf({ tabId, frameId, documentId }: Sender): { tabId: number } | null {
  if (tabId === null || frameId === null) return null;
  const where = documentId === null ? { frameIds: [frameId] } : { documentIds: [documentId] };
  return { tabId, ...where };
}

/** @returns false when the frame is gone, or is one that the browser lets no extension into, or that the part isn't for */
export async function injectPart(part: Part, sender: Sender): Promise<boolean> {
  const target = targetOf(sender);
  if (target === null || (part === 'sites' && noticeSiteAt(sender.frameUrl) === null)) return false;
  try {
    await api.scripting.executeScript({ target, files: [FILES[part]], injectImmediately: true });
    return true;
  } catch {
    return false;
  }
}

/** What a page may hand over at most. */
const MAX_DATA_LENGTH = 60_000;

/**
 * Runs a function of ours in the page's own world of the asking frame. It travels as text, so it may use nothing
 * but its argument; what it gives back is in the page's hand.
 */
export async function runInPage<A>(run: (input: A) => string | null, input: A, sender: Sender): Promise<string | null> {
  const target = targetOf(sender);
  if (target === null) return null;
  try {
    const [answer] = await api.scripting.executeScript({ target, world: 'MAIN', func: run, args: [input] });
    const result: unknown = answer?.result;
    return typeof result === 'string' && result.length <= MAX_DATA_LENGTH ? result : null;
  } catch {
    return null;
  }
}

/** Runs in the frame: everything it needs is in its arguments. */
function note(name: string, src: string): void {
  (globalThis as Record<symbol, unknown>)[Symbol.for(name)] = src;
}

/**
 * Has one video labelled, whether or not Assay works on its site.
 * @param src what the video plays; '' for a stream without an address
 * @returns false as above
 */
export async function injectAsked(tabId: number, frameId: number, src: string): Promise<boolean> {
  const target = { tabId, frameIds: [frameId] };
  try {
    await api.scripting.executeScript({ target, func: note, args: [ASKED, src] });
    await api.scripting.executeScript({ target, files: ['/asked.js'] });
    return true;
  } catch {
    return false;
  }
}

/** Runs in the frame, as above. */
function isLive(name: string): boolean {
  return (globalThis as Record<symbol, (() => boolean) | undefined>)[Symbol.for(name)]?.() === true;
}

/**
 * Whether our script is in a tab: into those that were open before the extension started, Chrome brings none.
 * @returns true also where no extension may ask
 */
export async function isAtWork(tabId: number): Promise<boolean> {
  try {
    const [answer] = await api.scripting.executeScript({ target: { tabId }, func: isLive, args: [LIFE] });
    return answer?.result !== false;
  } catch {
    return true;
  }
}
