/** The videos of a tab as its frames tell them, live. */
import type { FromPopup, ToPopup, VideoRow } from '../contract/messages';
import { popupPort } from '../contract/messages';
import type { Port } from '../contract/port';
import { api } from './api';
import { callFrames, onPort } from './messaging';

export interface TabVideos {
  /** All videos of all frames, the top frame's first. */
  rows(): (VideoRow & { frame: string })[];
  /** Whether any frame has said what it has. */
  areKnown(): boolean;
  show(frame: string, id: string): void;
  close(): void;
}

/** Frames that load later are called, too. */
const CALL_EVERY_MS = 1_000;

/** @param changed called after each news of a frame */
export function tabVideos(tabId: number, changed: () => void): TabVideos {
  const frames = new Map<string, ToPopup>();
  const ports = new Set<Port<ToPopup, FromPopup>>();
  const caller = crypto.randomUUID();
  const stop = onPort<ToPopup, FromPopup>(popupPort(caller), (port) => {
    ports.add(port);
    let name: string | null = null;
    port.onMessage((message) => {
      name = message.frame;
      frames.set(message.frame, message);
      changed();
    });
    port.onClose(() => {
      ports.delete(port);
      if (name !== null && frames.delete(name)) changed();
    });
  });
  const call = (): void => void callFrames(tabId, caller);
  const timer = setInterval(call, CALL_EVERY_MS);
  call();
  return {
    rows: () =>
      [...frames.values()]
        .sort((a, b) => Number(b.top) - Number(a.top))
        .flatMap((f) => f.videos.map((row) => ({ ...row, frame: f.frame }))),
    areKnown: () => frames.size > 0,
    show: (frame, id) => {
      for (const port of ports) port.post({ type: 'show', frame, id });
    },
    close: () => {
      clearInterval(timer);
      stop();
      for (const port of ports) port.close();
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
