/** What pages and tests see of the badges. */
import { vi } from 'vitest';
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

/** Waits until a question to our root is answered with yes. */
export async function untilInPanel(tab: Tab, question: string): Promise<void> {
  const ask = (): Promise<boolean> => tab.inShadow<boolean>(HOST, question).catch(() => false);
  await vi.waitUntil(ask, { timeout: 20_000, interval: 100 });
}

/** Clicks the middle of the first control in our root that matches. */
export async function clickIn(tab: Tab, selector: string): Promise<void> {
  const { x, y } = await tab.inShadow<{ x: number; y: number }>(
    HOST,
    `(root, selector) => {
      const control = root.querySelector(selector);
      control.scrollIntoView({ block: 'center' });
      const box = control.getBoundingClientRect();
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    }`,
    selector,
  );
  await tab.click(x, y);
}

/** Opens the panel of the first badge. */
export async function openPanel(tab: Tab): Promise<void> {
  await untilInPanel(tab, `(root) => root.querySelector('.part') !== null`);
  await clickIn(tab, '.part');
  await untilInPanel(tab, `(root) => root.querySelector('.panel')?.checkVisibility() === true`);
}
