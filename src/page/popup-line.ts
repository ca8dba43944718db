/** Answers the popup: this frame's videos, and their changes while it is open. */
import { popupPort } from '../contract/messages';
import type { FromPopup, ToPopup, VideoRow } from '../contract/messages';
import { connect } from '../platform/messaging';
import type { Port } from '../platform/messaging';
import { isLargeEnough, isShown } from './eligible';
import { onAbort } from './on-abort';
import { thumbnailOf } from './thumbnail';
import type { TrackedVideo } from './tracked';
import type { Tracker } from './tracker';

/** News are gathered for this long. */
const GATHER_MS = 150;

/** Small loaded ones (icons, spacers) get no badge and no row. */
const isListed = ({ opened, element }: TrackedVideo): boolean =>
  opened || element.readyState === 0 || isLargeEnough(element.getBoundingClientRect());

/** Without a source `networkState` is 0, and so is `readyState` before anything has come. */
const isLoading = ({ opened, element }: TrackedVideo): boolean =>
  !opened &&
  element.networkState > 0 &&
  element.readyState === 0 &&
  isLargeEnough(element.getBoundingClientRect()) &&
  isShown(element);

export interface PopupLine {
  /** A popup asks for this frame's videos, and for their changes from now on. */
  called(caller: string): void;
  /** Something changed: open popups are told. */
  changed(): void;
}

export type MakePopupLine = typeof popupLine;

/**
 * @param frame name that this frame gave itself
 * @param badgeRemoved whether the page took the badges of this frame away
 * @param show brings a video to the eye
 */
export function popupLine(
  tracker: Tracker,
  frame: string,
  badgeRemoved: () => boolean,
  show: (video: TrackedVideo) => void,
  signal: AbortSignal,
): PopupLine {
  const ports = new Map<string, Port<FromPopup, ToPopup>>();
  const pictures = new Map<string, Blob | null>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const row = async (video: TrackedVideo): Promise<VideoRow> => {
    const id = tracker.idOf(video);
    let thumbnail = pictures.get(id) ?? null;
    if (thumbnail === null) pictures.set(id, (thumbnail = await thumbnailOf(video.element)));
    const settled = video.settled || !video.opened;
    return { id, label: video.label, settled, loading: isLoading(video), thumbnail, badgeRemoved: badgeRemoved() };
  };

  const tell = async (): Promise<void> => {
    timer = undefined;
    const videos = await Promise.all(tracker.videos().filter(isListed).map(row));
    if (signal.aborted) return;
    for (const port of ports.values()) port.post({ type: 'videos', frame, top: window.top === self, videos });
  };

  const changed = (): void => {
    if (ports.size > 0) timer ??= setTimeout(() => void tell(), GATHER_MS);
  };

  const called = (caller: string): void => {
    if (ports.has(caller)) return;
    const port = connect<FromPopup, ToPopup>(popupPort(caller));
    ports.set(caller, port);
    port.onClose(() => {
      ports.delete(caller);
    });
    port.onMessage((message) => {
      if (message.frame !== frame) return;
      const video = tracker.videos().find((v) => tracker.idOf(v) === message.id);
      if (video !== undefined) show(video);
    });
    void tell();
  };

  onAbort(signal, () => {
    clearTimeout(timer);
    for (const port of ports.values()) port.close();
    ports.clear();
    pictures.clear();
  });
  return { called, changed };
}
