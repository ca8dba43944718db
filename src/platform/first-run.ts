/** On install: draws the personal mark and opens the first-run page. */
import { MARK_COLOURS, MARK_SYMBOLS } from '../contract/settings';
import { api } from './api';
import { writeSetting } from './storage';

function pick<T>(list: readonly T[]): T {
  const [random] = crypto.getRandomValues(new Uint32Array(1));
  return list[(random ?? 0) % list.length] as T;
}

export function firstRun(): void {
  api.runtime.onInstalled.addListener(({ reason }) => {
    if (reason !== 'install') return;
    void writeSetting('mark', { symbol: pick(MARK_SYMBOLS), colour: pick(MARK_COLOURS) });
    void api.tabs.create({ url: api.runtime.getURL('welcome.html') });
  });
}
