/** Brings the signed pieces of what a video plays to its job. */
import type { StreamPiece } from '../contract/messages';
import type { Place } from './media';
import { watchResources } from './resources';
import type { Resources } from './resources';
import { streamsOf } from './streams';

let resources: Resources | null = null;

/**
 * @param port the hook's; null without one
 * @param signal ends it
 */
export function followStream(
  video: HTMLVideoElement,
  port: MessagePort | null,
  place: Place,
  signal: AbortSignal,
  post: (piece: StreamPiece) => void,
): void {
  if (port === null || video.srcObject !== null) return;
  streamsOf(port).follow(video.currentSrc, signal, ({ init, bytes, offset_s, missed }) => {
    resources ??= watchResources();
    const sources = bytes === null ? [] : resources.sourcesOf(bytes.size, place);
    post({ init, bytes, offset_s, missed, sources });
  });
}
