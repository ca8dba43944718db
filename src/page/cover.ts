/**
 * Whatever covers the page makes all outside it unclickable: the fullscreen element, a modal dialog.
 * Our host goes inside. A bare <video> (or a frame) in fullscreen can hold nothing: then the host
 * stays outside and is only seen.
 */
import { shadowRootOf } from '../platform/api';

const CAN_HOLD_NOTHING = /^(video|iframe|img|canvas|embed|object)$/;

export interface Cover {
  /** Where the host belongs; null for the document. */
  parent: Element | null;
  /** Whether what is shown can be clicked. */
  clickable: boolean;
}

/** @param videos those with a badge: only a dialog around one of them matters */
export function coverOf(videos: Iterable<HTMLVideoElement>): Cover {
  const full = document.fullscreenElement;
  if (full !== null && full !== document.documentElement) {
    const holds = !CAN_HOLD_NOTHING.test(full.localName) && shadowRootOf(full) === null;
    return { parent: holds ? full : null, clickable: holds };
  }
  const dialogs = document.querySelectorAll('dialog:modal');
  const top = dialogs[dialogs.length - 1];
  if (top !== undefined) {
    for (const video of videos) if (top.contains(video)) return { parent: top, clickable: true };
  }
  return { parent: null, clickable: true };
}
