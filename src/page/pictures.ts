/** Takes a few whole frames of a video as it plays, for the picture reader. Writes nothing to the page. */
import { PICTURES, pictureSize } from '../contract/frames';
import type { PicturePacket } from '../contract/frames';
import { didRead, mayRead } from './turns';

/** Seconds of media time between the two frames of a pair, and until the next pair. */
const APART_S = 0.75;
const NEXT_S = 3;
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
  let taken = 0;
  let last_s = 0;
  let wants = false;
  let waiting = false;

  const isTime = (time_s: number): boolean => {
    const gap = time_s - last_s;
    return taken === 0 || gap < 0 || gap >= (taken % 2 === 1 ? APART_S : NEXT_S);
  };

  const take = (time_s: number): void => {
    const from = performance.now();
    try {
      const packet = video.mediaKeys == null ? readWhole(video, time_s) : null;
      if (packet === null) return;
      taken++;
      last_s = time_s;
      options.picture(packet);
    } catch {
      taken = PICTURES;
      options.none();
    }
    didRead(from, performance.now());
  };

  const onFrame = (_now: number, { mediaTime }: VideoFrameCallbackMetadata): void => {
    waiting = false;
    const isMoving = !video.paused && !video.seeking && options.isSeen();
    if (isMoving && wants && isTime(mediaTime) && mayRead(performance.now())) take(mediaTime);
    later();
  };

  const later = (): void => {
    if (waiting || !wants || taken >= PICTURES || options.signal.aborted) return;
    waiting = true;
    setTimeout(
      () => {
        if (!options.signal.aborted) video.requestVideoFrameCallback(onFrame);
      },
      taken === 0 ? 0 : RETRY_MS,
    );
  };

  return {
    want: (now) => {
      wants = now;
      later();
    },
  };
}
