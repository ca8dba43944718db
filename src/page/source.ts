/** The life of one element's source: each load is a generation of its own. No attribute tells of all of them. */
import { onTrusted } from './on-trusted';

export interface SourceEvents {
  /** The source was taken away or another one begins to load. */
  renewed: () => void;
  /** The element itself knows the size and length of what it plays. */
  ready: () => void;
  /** The element can't play it. */
  failed: () => void;
}

/** Of HTMLMediaElement; numbers, since the names cost room in every page. */
export const HAVE_METADATA = 1;
export const HAVE_CURRENT_DATA = 2;
const NO_SOURCE = 3;

export function hasFailed(video: HTMLVideoElement): boolean {
  return video.error !== null || (video.networkState === NO_SOURCE && video.readyState === 0);
}

/** What an element plays, to tell one source from another: a page that listens first can keep all events from us. */
export const playedBy = ({ srcObject, currentSrc }: HTMLVideoElement): unknown => srcObject ?? currentSrc;

export function watchSource(video: HTMLVideoElement, events: SourceEvents, signal: AbortSignal): void {
  onTrusted(video, 'emptied loadstart', signal, events.renewed);
  onTrusted(video, 'loadedmetadata', signal, events.ready);
  // Captured: the error of a <source> child doesn't bubble, and only the last one is the video's own.
  onTrusted(
    video,
    'error',
    signal,
    () => {
      setTimeout(() => {
        if (!signal.aborted && hasFailed(video)) events.failed();
      }, 0);
    },
    true,
  );
}
