/** Brings a further part of the content script into a frame that needs it. */
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
