/** The videos of a tab as its frames tell them, live. */
import type { FromPopup, ToPopup, VideoRow } from '../contract/messages';
import { POPUP_PORT } from '../contract/messages';
import { api } from './api';
import { connectTab } from './messaging';

export interface TabVideos {
  /** All videos of all frames, the top frame's first. */
  rows(): (VideoRow & { frame: string })[];
  show(frame: string, id: string): void;
  close(): void;
}

/** @param changed called after each news of a frame */
export function tabVideos(tabId: number, changed: () => void): TabVideos {
  const frames = new Map<string, ToPopup>();
  const port = connectTab<ToPopup, FromPopup>(tabId, POPUP_PORT);
  port.onMessage((message) => {
    frames.set(message.frame, message);
    changed();
  });
  port.post({ type: 'list' });
  return {
    rows: () =>
      [...frames.values()]
        .sort((a, b) => Number(b.top) - Number(a.top))
        .flatMap((f) => f.videos.map((row) => ({ ...row, frame: f.frame }))),
    show: (frame, id) => {
      port.post({ type: 'show', frame, id });
    },
    close: () => {
      port.close();
    },
  };
}

/** The tab that shows this address (without its fragment), the newest first; null when there is none. */
export async function findTab(url: string): Promise<{ id: number; loading: boolean } | null> {
  const wanted = url.replace(/#.*$/, '');
  const tabs = await api.tabs.query({});
  const tab = tabs.reverse().find((t) => (t.url ?? '').replace(/#.*$/, '') === wanted);
  return tab?.id === undefined ? null : { id: tab.id, loading: tab.status !== 'complete' };
}
