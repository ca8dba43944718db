/**
 * The readers of sites' own notices in `storage.local`: whether each is switched off, and on which day it last
 * found something. No address, no video, and nothing from private windows. A policy wins over the switches.
 */
import { noticeSiteAt, noticeSites, readerOffKey } from '../contract/notices';
import type { NoticeSite } from '../contract/notices';
import { api } from './api';
import type { Sender } from './messaging';
import { read } from './storage';

const firedKey = (site: NoticeSite): string => `reader-fired:${site}`;

export interface ReaderState {
  on: boolean;
  /** Day (YYYY-MM-DD) on which it last found a notice; null: never, or forgotten. */
  fired: string | null;
}

export async function readReader(site: NoticeSite): Promise<ReaderState> {
  const stored = await read([readerOffKey(site), firedKey(site)]);
  const fired = stored[firedKey(site)];
  return { on: stored[readerOffKey(site)] !== true, fired: typeof fired === 'string' ? fired : null };
}

export async function switchReader(site: NoticeSite, on: boolean): Promise<void> {
  if (on) await api.storage.local.remove(readerOffKey(site));
  else await api.storage.local.set({ [readerOffKey(site)]: true });
}

/** Notes that the reader of the asking frame's site found something; a day is enough to tell that it still works. */
export async function noteFired({ frameUrl, isPrivate }: Pick<Sender, 'frameUrl' | 'isPrivate'>): Promise<void> {
  const site = noticeSiteAt(frameUrl);
  if (site === null || isPrivate) return;
  const today = new Date().toISOString().slice(0, 10);
  // Each change is told to every frame: once a day will do.
  if ((await readReader(site)).fired !== today) await api.storage.local.set({ [firedKey(site)]: today });
}

export async function forgetFired(): Promise<void> {
  await api.storage.local.remove(noticeSites.map(firedKey));
}
