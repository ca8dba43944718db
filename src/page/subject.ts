/** What a label is about, as this frame sees it. */
import type { Subject } from '../contract/label';
import { mediaName } from './media';

export function subjectOf(video: HTMLVideoElement, index: number): Subject {
  const top = window.top === self;
  const { videoWidth, videoHeight, duration } = video;
  return {
    kind: 'page-video',
    input: null,
    page: top ? location.href : null,
    frame: top ? null : location.href,
    media: mediaName(video),
    index,
    width: videoWidth > 0 ? videoWidth : null,
    height: videoHeight > 0 ? videoHeight : null,
    duration_s: Number.isFinite(duration) ? duration : null,
  };
}
