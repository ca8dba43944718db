/**
 * Pages about one label. The label is handed over in `storage.session` and taken out by the page, which keeps it
 * as long as its tab lives: nothing of it is ever written to disk by us.
 */
import type { Label } from '../contract/label';
import type { LabelPage } from '../contract/messages';
import { api } from './api';

/** A label as JSON (the storage would put its fields into another order), and when the page about it was asked for. */
interface Stored {
  json: string;
  at: string;
}

export interface Handed {
  /** Not yet looked at: it has come from a page's process. */
  label: unknown;
  at: string;
}

const FILES: Record<LabelPage, string> = { report: 'report.html', 'wrong-label': 'wrong-label.html' };
const keyOf = (id: string): string => `label-page:${id}`;

export async function openLabelPage(page: LabelPage, label: Label): Promise<void> {
  const id = crypto.randomUUID();
  const stored: Stored = { json: JSON.stringify(label), at: new Date().toISOString() };
  await api.storage.session.set({ [keyOf(id)]: stored });
  await api.tabs.create({ url: api.runtime.getURL(`${FILES[page]}?${id}`) });
}

/** In the page: what it was opened for; null when that is gone. */
export async function handedLabel(): Promise<Handed | null> {
  const key = keyOf(location.search.slice(1));
  const fresh = (await api.storage.session.get(key))[key] as Stored | undefined;
  if (fresh !== undefined) {
    history.replaceState(fresh, ''); // stays over a reload
    await api.storage.session.remove(key);
  }
  const stored = history.state as Stored | null;
  return stored === null ? null : { label: JSON.parse(stored.json), at: stored.at };
}
