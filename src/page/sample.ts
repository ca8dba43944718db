/** Takes frames of a video as it plays: the centre square, 1:1, one frame a callback. Writes nothing to the page. */
import { MAX_WINDOWS, region } from '../contract/frames';
import type { FramePacket } from '../contract/frames';
import type { EstimateReason } from '../contract/reasons';
import { hasCanvasNoise } from './canvas-noise';
import { onAbort } from './on-abort';
import { mediaTimeOf } from './media-time';
import { onTrusted } from './on-trusted';
import { HAVE_CURRENT_DATA } from './source';
import { sampleTimes } from './sample-times';
import { didRead, endTurn, hasTurn, mayRead } from './turns';

/** A video that has not played for this long answers `not-playing`; frames are still taken when it does. */
const NOT_PLAYING_MS = 3_000;
/** A video that is not its turn, or not seen, is looked at again after this time. */
const RETRY_MS = 300;
/** After so many rounds the next ones will be no better. */
const ROUNDS = 2;

export interface Sampler {
  /** Whether the engine would like frames now. */
  want(wants: boolean): void;
}

export interface SampleOptions {
  signal: AbortSignal;
  /** Whether a person sees the video. */
  isSeen(): boolean;
  frame(packet: FramePacket): void;
  /** No frames, and why. `not-playing` and `too-short` may be followed by frames, others end it. */
  none(reason: EstimateReason): void;
}

/** Reads the centre square of what the element shows now. Throws SecurityError where pixels are kept from us. */
function readSquare(video: HTMLVideoElement, canvas: OffscreenCanvas, most = Infinity): ImageData | null {
  const { x, y, side } = region(video.videoWidth, video.videoHeight);
  const size = Math.min(side, most);
  if (size < 1) return null;
  if (canvas.width !== size) canvas.width = canvas.height = size;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return null;
  context.drawImage(video, x, y, size, size, 0, 0, size, size);
  return context.getImageData(0, 0, size, size);
}

/** Why frames of this video can't be had at all; null if they can. */
function obstacle(video: HTMLVideoElement): EstimateReason | null {
  if (video.mediaKeys != null) return 'protected';
  if (hasCanvasNoise()) return 'canvas-noise';
  if (video.readyState < HAVE_CURRENT_DATA) return null;
  try {
    readSquare(video, new OffscreenCanvas(1, 1), 1);
    return null;
  } catch {
    return 'pixels-unreadable';
  }
}

export function sampler(video: HTMLVideoElement, options: SampleOptions): Sampler {
  const { signal } = options;
  const times = sampleTimes();
  let canvas: OffscreenCanvas | null = null;
  let wants = false;
  let waiting = false;
  let ended = false;
  let rounds = 0;
  let idle: ReturnType<typeof setTimeout> | undefined;

  const end = (reason: EstimateReason | null): void => {
    ended = true;
    endTurn(options);
    canvas = null;
    clearTimeout(idle);
    if (reason !== null) options.none(reason);
  };

  const take = (time_s: number): void => {
    canvas ??= new OffscreenCanvas(1, 1);
    let image: ImageData | null;
    try {
      image = readSquare(video, canvas);
    } catch {
      end(video.mediaKeys != null ? 'protected' : 'pixels-unreadable');
      return;
    }
    if (image === null) return;
    options.frame({ time_s, side: image.width, rgba: new Blob([image.data]) });
  };

  const onFrame = (_now: number, metadata: VideoFrameCallbackMetadata): void => {
    waiting = false;
    const time_s = mediaTimeOf(video, metadata.mediaTime);
    if (signal.aborted || ended || !wants) return;
    const now = performance.now();
    if (video.paused || video.seeking || !hasTurn(options, times.windows(), now) || !options.isSeen()) {
      later(RETRY_MS);
      return;
    }
    if (times.wants(time_s, now) && mayRead(now)) {
      const before = times.windows();
      times.took(time_s, now);
      take(time_s);
      didRead(now, performance.now());
      if (times.windows() > before) endTurn(options);
    }
    // A short video with few frames, played over and over, never ends, nor has it enough of them in any round.
    if (times.rounds() > rounds && times.rounds() === ROUNDS) options.none('too-short');
    rounds = times.rounds();
    // The engine may have found a cut in each of them.
    if (times.windows() >= MAX_WINDOWS) end('too-short');
    else later(times.pause_ms(now));
  };

  /** Asks for the next frame, at once or after a while. */
  const later = (wait_ms: number): void => {
    if (waiting || ended) return;
    waiting = true;
    if (wait_ms <= 0) {
      video.requestVideoFrameCallback(onFrame);
      return;
    }
    setTimeout(() => {
      waiting = false;
      if (!signal.aborted) later(0);
    }, wait_ms);
  };

  const check = (): void => {
    const reason = obstacle(video);
    if (reason !== null) end(reason);
  };

  onTrusted(video, 'loadeddata', signal, () => {
    if (!ended && wants) check();
  });
  onTrusted(video, 'encrypted', signal, () => {
    if (!ended) end('protected');
  });
  const idleCheck = (): void => {
    clearTimeout(idle);
    idle = setTimeout(() => {
      const isIdle = video.paused && !video.ended && wants && !ended;
      if (isIdle && times.windows() === 0) options.none('not-playing');
    }, NOT_PLAYING_MS);
  };
  // Over, maybe before enough frames were taken: the engine may look at the file itself, else it was too short.
  onTrusted(video, 'ended error', signal, () => {
    if (!ended) options.none('too-short');
  });
  onTrusted(video, 'pause', signal, idleCheck);
  onAbort(signal, () => {
    end(null);
  });

  return {
    want: (now) => {
      if (ended || now === wants) return;
      wants = now;
      if (!wants) return;
      check();
      if (ended as boolean) return;
      if (video.ended) options.none('too-short'); // over before anybody looked
      later(0);
      idleCheck();
    },
  };
}
