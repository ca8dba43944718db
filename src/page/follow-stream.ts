/** Brings the signed pieces of what a video plays to its job. */
import type { StreamPiece } from '../contract/messages';
import { mayHaveHadGuests } from './early-guests';
import type { Place } from './media';
import { watchResources } from './resources';
import type { Resources } from './resources';
import { streamsOf } from './streams';

let resources: Resources | null = null;

/**
 * @param port the hook's
 * @param signal ends it
 */
export type FollowStream = (
  video: HTMLVideoElement,
  port: MessagePort,
  place: Place,
  signal: AbortSignal,
  post: (piece: StreamPiece) => void,
) => void;

export const followStream: FollowStream = (video, port, place, signal, post) => {
  if (signal.aborted) return;
  streamsOf(port, mayHaveHadGuests(window)).follow(video.currentSrc, signal, ({ init, bytes, offset_s, missed }) => {
    resources ??= watchResources();
    const sources = bytes === null ? [] : resources.sourcesOf(bytes.size, place);
    post({ init, bytes, offset_s, missed, sources });
  });
};
