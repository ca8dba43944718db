/**
 * Whatever covers the page makes all outside it unclickable: the fullscreen element, a modal dialog.
 * Our host goes inside. A bare <video> (or a frame) in fullscreen can hold nothing: then the host
 * stays outside and is only seen. A popover that was opened after our host lies above it, too.
 */
import { shadowRootOf } from '../platform/api';
import { parentOf } from './geometry';

const CAN_HOLD_NOTHING = /^(video|iframe|img|canvas|embed|object)$/;

export interface Cover {
  /** What the host has to lie above; null for the document. */
  parent: Element | null;
  /** Whether what is shown can be clicked. */
  clickable: boolean;
}

/** @param videos those with a badge: only what is around one of them matters */
export function coverOf(videos: Iterable<HTMLVideoElement>): Cover {
  const full = document.fullscreenElement;
  if (full !== null && full !== document.documentElement) {
    const holds = !CAN_HOLD_NOTHING.test(full.localName) && shadowRootOf(full) === null;
    return { parent: holds ? full : null, clickable: holds };
  }
  for (const video of videos) {
    for (let node: Element | null = video; node !== null; node = parentOf(node)) {
      if (Element.prototype.matches.call(node, ':modal,:popover-open')) return { parent: node, clickable: true };
    }
  }
  return { parent: null, clickable: true };
}
