/** What pages and tests see of the badges. */
import type { Tab } from '../../../src/cli/drive/driver';

/** Our host in a page. */
export const HOST = 'div[popover]';

const WORDS = `(root) => [...root.querySelectorAll('.badge')].filter((b) => b.checkVisibility())
  .map((b) => b.querySelector('.words')?.textContent ?? '')`;

/** Number of our hosts in the top document. */
export const hosts = (tab: Tab): Promise<number> => tab.evaluate<number>(`document.querySelectorAll('${HOST}').length`);

/** What the badges of the top document say of provenance; none without a host. */
export async function badges(tab: Tab): Promise<string[]> {
  if ((await hosts(tab)) === 0) return [];
  try {
    return await tab.inShadow<string[]>(HOST, WORDS);
  } catch {
    return []; // it went between the two questions
  }
}

/**
 * A script that notes when hosts of ours come and go, in `hostLog`: [Date.now(), how many there are].
 * A frame tells the top window, too, which keeps it in `frameLog`.
 */
export const HOST_LOG = `<script>
  hostLog = []; frameLog = [];
  new MutationObserver(() => {
    const count = document.querySelectorAll('${HOST}').length;
    if (count === (hostLog.at(-1)?.[1] ?? 0)) return;
    hostLog.push([Date.now(), count]);
    if (top !== self) top.postMessage({ hosts: count }, '*');
  }).observe(document.documentElement, { childList: true });
  addEventListener('message', (event) => frameLog.push([Date.now(), event.data.hosts]));
</script>`;
