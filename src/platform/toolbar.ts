/** The toolbar button's number and colour: the tab's videos with something to say. */
import type { Verdict } from '../contract/label';
import { api } from './api';

/** Verdicts that are worth a number on the button, with its colour; the most telling first. */
const COLOURS: [Verdict, string][] = [
  ['ai-generated', '#8a4b00'],
  ['ai-edited', '#8a4b00'],
  ['changed', '#9c1c1c'],
  ['declared-ai', '#8a4b00'],
  ['suspected', '#5b3a8c'],
];

const keyOf = (tabId: number): string => `tab:${String(tabId)}`;

let queue: Promise<void> = Promise.resolve();

/** Shows the verdicts of one frame among those of the tab's other frames; calls run one after another. */
export function showVerdicts(tabId: number, frame: string, verdicts: Verdict[]): Promise<void> {
  queue = queue.then(() => store(tabId, frame, verdicts)).catch(() => undefined);
  return queue;
}

/** Verdicts of a tab's frames live in `storage.session`: a service worker forgets. */
async function store(tabId: number, frame: string, verdicts: Verdict[]): Promise<void> {
  const key = keyOf(tabId);
  const stored = (await api.storage.session.get(key))[key] as Record<string, Verdict[]> | undefined;
  const frames = { ...stored, [frame]: verdicts };
  if (verdicts.length === 0) Reflect.deleteProperty(frames, frame);
  await api.storage.session.set({ [key]: frames });
  const all = Object.values(frames).flat();
  const telling = all.filter((verdict) => COLOURS.some(([name]) => name === verdict));
  const colour = COLOURS.find(([name]) => telling.includes(name))?.[1];
  try {
    await api.action.setBadgeText({ tabId, text: telling.length === 0 ? '' : String(telling.length) });
    if (colour !== undefined) await api.action.setBadgeBackgroundColor({ tabId, color: colour });
  } catch {
    await api.storage.session.remove(key); // the tab has gone
  }
}
