/** Takes a few whole frames of a video as it plays, for the picture reader. Writes nothing to the page. */
import { PICTURES, pictureSize } from '../contract/frames';
import type { PicturePacket } from '../contract/frames';
import { mediaTimeOf } from './media-time';
import { didRead, mayRead } from './turns';

/** Between the two frames of a pair, and until the next pair. */
const APART_MS = 750;
const NEXT_MS = 3_000;
/** Of a video that begins again, a frame this near to one that was taken says nothing new. */
const SAME_S = 0.2;
/** A video that is paused or not seen is looked at again after this time. */
const RETRY_MS = 300;

export interface PictureTaker {
  /** Whether the engine would like whole frames now. */
  want(wants: boolean): void;
}

export interface PictureOptions {
  signal: AbortSignal;
  /** Whether a person sees the video. */
  isSeen(): boolean;
  picture(packet: PicturePacket): void;
  /** Its pixels are kept from us. */
  none(): void;
}

/** Throws SecurityError where pixels are kept from us. */
function readWhole(video: HTMLVideoElement, time_s: number): PicturePacket | null {
  const { width, height } = pictureSize(video.videoWidth, video.videoHeight);
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (context === null || video.videoWidth === 0) return null;
  context.drawImage(video, 0, 0, width, height);
  return { time_s, width, height, rgba: new Blob([context.getImageData(0, 0, width, height).data]) };
}

export function pictureTaker(video: HTMLVideoElement, options: PictureOptions): PictureTaker {
  const times_s: number[] = [];
  let last_ms = 0;
  let ended = false;
  let wants = false;
  let waiting = false;

  const isTime = (time_s: number, now_ms: number): boolean => {
    if (times_s.length === 0) return true;
    const isLate = now_ms - last_ms >= (times_s.length % 2 === 1 ? APART_MS : NEXT_MS);
    return isLate && times_s.every((taken_s) => Math.abs(time_s - taken_s) > SAME_S);
  };

  const take = (time_s: number): void => {
    const from = performance.now();
    try {
      const packet = readWhole(video, time_s);
      if (packet === null) return;
      times_s.push(time_s);
      last_ms = from;
      options.picture(packet);
    } catch {
      ended = true;
      options.none();
    }
    didRead(from, performance.now());
  };

  const onFrame = (now_ms: number, metadata: VideoFrameCallbackMetadata): void => {
    waiting = false;
    const time_s = mediaTimeOf(video, metadata.mediaTime);
    if (video.mediaKeys != null) return;
    const isMoving = !video.paused && !video.seeking && options.isSeen();
    if (isMoving && wants && isTime(time_s, now_ms) && mayRead(now_ms)) take(time_s);
    later();
  };

  const later = (): void => {
    if (waiting || !wants || ended || times_s.length >= PICTURES || options.signal.aborted) return;
    waiting = true;
    setTimeout(
      () => {
        if (!options.signal.aborted) video.requestVideoFrameCallback(onFrame);
      },
      times_s.length === 0 ? 0 : RETRY_MS,
    );
  };

  return {
    want: (now) => {
      wants = now;
      later();
    },
  };
}
