/** How long scripts of one address keep a page's main thread, by the browser's own profiler. */
import type { CDPSession } from 'puppeteer-core';
import type { ScriptTime } from './driver';

const EVERY_US = 500;
/** A longer gap between two samples tells that the machine was busy elsewhere, not that the script ran on. */
const LONGEST_GAP_MS = 10;

/** @param during what runs meanwhile */
export async function profileOf(
  session: CDPSession,
  prefix: string,
  during: () => Promise<unknown>,
): Promise<ScriptTime> {
  await session.send('Profiler.enable');
  await session.send('Profiler.setSamplingInterval', { interval: EVERY_US });
  await session.send('Profiler.start');
  await during();
  const { profile } = await session.send('Profiler.stop');
  const own = new Set<number>();
  for (const node of profile.nodes) {
    // Parents come before their children.
    if (node.callFrame.url.startsWith(prefix)) own.add(node.id);
    if (own.has(node.id)) for (const child of node.children ?? []) own.add(child);
  }
  let total = 0;
  let longest = 0;
  let run = 0;
  profile.samples?.forEach((id, i) => {
    const ms = Math.min((profile.timeDeltas?.[i + 1] ?? 0) / 1_000, LONGEST_GAP_MS); // each holds until the next one
    run = own.has(id) ? run + ms : 0;
    total += own.has(id) ? ms : 0;
    longest = Math.max(longest, run);
  });
  return { total_ms: total, longest_ms: longest, all_ms: (profile.endTime - profile.startTime) / 1_000 };
}
