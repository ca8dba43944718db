/** Brings a further part of the content script into a frame that needs it. */
import { ASKED } from '../contract/messages';
import type { Part } from '../contract/messages';
import { api } from './api';
import type { Sender } from './messaging';

/** Nothing else is ever injected, whatever a message says. */
const FILES: Record<Part, string> = { videos: '/videos.js', panel: '/panel.js' };

/** @returns false when the frame is gone, or is one that the browser lets no extension into */
export async function injectPart(part: Part, { tabId, frameId, documentId }: Sender): Promise<boolean> {
  if (tabId === null || frameId === null) return false;
  const where = documentId === null ? { frameIds: [frameId] } : { documentIds: [documentId] };
  try {
    await api.scripting.executeScript({ target: { tabId, ...where }, files: [FILES[part]], injectImmediately: true });
    return true;
  } catch {
    return false;
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
