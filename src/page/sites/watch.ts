/** Watches what the site says of the videos of a frame, as long as they are treated and the reader is on. */
import { noticeSiteOf } from '../../contract/notices';
import type { NoticeSite, PageNotice } from '../../contract/notices';
import { send } from '../../platform/messaging';
import { readReader } from '../../platform/site-readers';
import { onStorageChange } from '../../platform/storage';
import { onChanges } from './changes';
import type { Changes } from './changes';
import { pageAnswer } from './page-answer';
import { hasPageData } from './page-data';
import type { Finding, SiteReader } from './reader';
import { SITE_READERS } from './readers';
import { onAbort } from '../on-abort';

/** Tells what the site says of a video, and each change of that, while the signal lives. */
export type WatchNotice = (
  video: HTMLVideoElement,
  signal: AbortSignal,
  tell: (notice: PageNotice | null) => void,
) => void;

interface Watched {
  tell(notice: PageNotice | null): void;
  /** What was told last, as text. */
  told: string;
}

/** A page can make any of its parts strange: then nothing was said. */
function read(reader: SiteReader, video: Element, data: unknown): Finding | null {
  try {
    return reader({ document, url: new URL(location.href), video, data });
  } catch {
    return null;
  }
}

const SILENT = 'null';

function watchSite(site: NoticeSite): WatchNotice {
  const watched = new Map<HTMLVideoElement, Watched>();
  let running: { stop: AbortController; changes: Changes; unfollow: () => void } | null = null;
  let on = false;
  let fired = false;

  const answer = pageAnswer(() => running?.changes.soon());

  const tell = (to: Watched, finding: Finding | null): void => {
    const notice = finding === null ? null : { site, ...finding };
    const words = JSON.stringify(notice);
    if (words === to.told) return;
    to.told = words;
    to.tell(notice);
    if (notice === null || fired) return;
    fired = true;
    void send('site.fired', null);
  };

  const look = (): void => {
    const { href } = location;
    for (const [video, to] of watched) {
      const finding = on ? read(SITE_READERS[site], video, answer.at(href)) : null;
      tell(to, finding);
      if (on && finding === null && hasPageData(href)) answer.ask(href);
    }
  };

  /** Switched in the options. */
  const follow = async (): Promise<void> => {
    ({ on } = await readReader(site));
    running?.changes.soon();
  };
  const quietly = (): void => {
    follow().catch(() => undefined); // the extension was reloaded under us
  };

  const start = (): void => {
    const stop = new AbortController();
    running = { stop, changes: onChanges(look, stop.signal), unfollow: onStorageChange(quietly) };
    quietly();
  };

  const halt = (): void => {
    running?.stop.abort();
    running?.unfollow();
    running = null;
  };

  return (video, signal, told) => {
    if (signal.aborted) return;
    watched.set(video, { tell: told, told: SILENT });
    if (running === null) start();
    else running.changes.soon();
    const mine = watched.get(video);
    onAbort(signal, () => {
      if (watched.get(video) !== mine) return; // the next source of the same element is watched already
      watched.delete(video);
      if (watched.size === 0) halt();
    });
  };
}

/** @returns null on hosts whose notices nobody reads */
export function watchNotices(host: string): WatchNotice | null {
  const site = noticeSiteOf(host);
  return site === null ? null : watchSite(site);
}
