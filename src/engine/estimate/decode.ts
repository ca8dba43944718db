/**
 * The engine's own decoder: the first windows of a file as frames, for videos whose pixels the page
 * can't read and for files. Demuxing and decoding by mediabunny (WebCodecs).
 */
import { BlobSource, Input, MPEG_TS, UrlSource, VideoSampleSink } from 'mediabunny';
import type { InputVideoTrack, VideoSample } from 'mediabunny';
import { FRAME_STEP_S, region } from '../../contract/frames';
import type { PicturePacket } from '../../contract/frames';
import { boundedMatroska, boundedWebM } from '../bytes/bounded-matroska';
import { boundedMp4, boundedQuickTime } from '../bytes/bounded-samples';
import { fetchWithin } from '../bytes/sent-on';
import { within } from '../bytes/limits';
import { BytesError } from '../bytes/source';
import type { Frame } from '../../contract/frames';
import type { MediaRef } from '../../contract/messages';
import { pictureSteps, toPicture } from './picture';

type Readable = Extract<MediaRef, { kind: 'url' } | { kind: 'blob' }>;

export interface VideoFacts {
  width: number;
  height: number;
  /** Null where the file gives no number, or no end. */
  duration_s: number | null;
}

/** What to take of a video: frames for the estimate, whole ones for the picture reader. */
export interface Wanted {
  frames: boolean;
  pictures: boolean;
}

export interface Look {
  frame: Frame | null;
  picture: PicturePacket | null;
}

export interface DecodedVideo {
  facts: VideoFacts;
  /** What is wanted, every FRAME_STEP_S from the start until `untilS` seconds or the end. */
  looks(untilS: number, wanted: Wanted): AsyncGenerator<Look>;
  close(): void;
}

/** Until a file is open, and until each frame is there; a busy machine decodes slowly. */
const STEP_MS = 15_000;
/** What all frames of a file may be waited for while others wait for its place. */
const SHARED_MS = 30_000;
/** Bytes of a file that are kept in memory while decoding. */
const CACHE_BYTES = 16 * 1024 * 1024;

/** Four and a half hours at 60 a second, 230 MB while they are read; and all fragments of ten such hours with sound. */
const SAMPLES = { atOnce: 1_000_000, inAll: 10_000_000 };

/** All with pictures that the library knows but playlists: they name further addresses, which it would ask, with cookies, too. */
const FORMATS = [boundedMp4(SAMPLES), boundedQuickTime(SAMPLES), boundedMatroska, boundedWebM, MPEG_TS];

function inputOf(media: Readable): Input {
  const source =
    media.kind === 'blob'
      ? new BlobSource(media.blob)
      : new UrlSource(media.url, {
          requestInit: { credentials: media.credentials, referrerPolicy: 'no-referrer' },
          fetchFn: fetchWithin(),
          getRetryDelay: () => null,
          maxCacheSize: CACHE_BYTES,
          parallelism: 1,
          handleUnhandledError: () => undefined,
        });
  return new Input({ source, formats: FORMATS });
}

/** More than any camera's or screen's picture (8K). A decoder holds up to some twenty, of two to six bytes a pixel. */
const MAX_PIXELS = 36_000_000;

/** Of pictures as they are coded. A few bytes can make one that takes gigabytes. */
const isHuge = (width: number, height: number): boolean => width * height > MAX_PIXELS;

/** Reads the centre square of a sample at native scale. */
function toFrame(sample: VideoSample, context: OffscreenCanvasRenderingContext2D, startS: number): Frame {
  const { x, y, side } = region(sample.displayWidth, sample.displayHeight);
  if (context.canvas.width !== side) context.canvas.width = context.canvas.height = side;
  sample.draw(context, x, y, side, side, 0, 0, side, side);
  const { data } = context.getImageData(0, 0, side, side);
  return { time_s: sample.timestamp - startS, side, rgba: data };
}

/** An index may promise more than there is: what ended at least a step ago is not shown any more. */
const isOver = ({ timestamp, duration }: VideoSample, at_s: number): boolean =>
  duration > 0 && at_s >= timestamp + duration + FRAME_STEP_S;

async function* takeLooks(track: InputVideoTrack, startS: number, endS: number, wanted: Wanted): AsyncGenerator<Look> {
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  if (context === null) return;
  const count = Math.ceil(endS / FRAME_STEP_S);
  const pictures = wanted.pictures ? pictureSteps(count) : [];
  const steps = wanted.frames ? Array.from({ length: count }, (_, i) => i) : pictures;
  const times = steps.map((step) => startS + step * FRAME_STEP_S);
  let asked = 0;
  for await (const sample of new VideoSampleSink(track).samplesAtTimestamps(times)) {
    const step = steps[asked++] ?? 0;
    const time_s = step * FRAME_STEP_S;
    if (sample === null) continue;
    try {
      if (isHuge(sample.codedWidth, sample.codedHeight)) throw new RangeError('a picture larger than the index says');
      if (isOver(sample, startS + time_s)) continue;
      yield {
        frame: wanted.frames ? { ...toFrame(sample, context, startS), time_s } : null,
        picture: pictures.includes(step) ? toPicture(sample, time_s) : null,
      };
    } finally {
      sample.close();
    }
  }
}

/**
 * The same, each within its time: a server may stop sending in the middle. One that sends drop by drop has to make room
 * for those that wait.
 * @throws {BytesError} `timed-out`, `stopped`
 */
export async function* inTime(
  looks: AsyncGenerator<Look>,
  signal: AbortSignal,
  othersWait: () => boolean,
): AsyncGenerator<Look> {
  try {
    for (let waited_ms = 0; ;) {
      if (waited_ms >= SHARED_MS && othersWait()) throw new BytesError('timed-out');
      const asked_ms = performance.now();
      const next = await within(looks.next(), STEP_MS, signal);
      if (next.done === true) return;
      waited_ms += performance.now() - asked_ms;
      yield next.value;
    }
  } finally {
    // Closes the frame and the decoder of who has seen enough. Not waited for: a frame that doesn't come is in front of it.
    looks.return(undefined).catch(() => undefined);
  }
}

/** Ones in all its 32 bits, or 64, stand for a length that isn't known (ISO/IEC 14496-12, 8.2.2 and 8.4.2); WebM can say NaN. */
const isNoLength = (ticks: number): boolean => ticks === 2 ** 32 - 1 || !(ticks <= Number.MAX_SAFE_INTEGER);

/** @returns seconds from the first frame to the end of the last one; null where the file gives no number, or no end */
async function lengthOf(track: InputVideoTrack, startS: number): Promise<number | null> {
  const told = await track.getDurationFromMetadata();
  const ticks = Math.round(((told ?? Infinity) - startS) * (await track.getTimeResolution()));
  const end = told === null || isNoLength(ticks) ? await track.computeDuration() : told;
  const length = Math.round((end - startS) * 1000) / 1000;
  return Number.isFinite(length) ? length : null;
}

async function firstTrack(input: Input): Promise<{ track: InputVideoTrack; startS: number; facts: VideoFacts } | null> {
  const track = await input.getPrimaryVideoTrack();
  if (track === null || isHuge(await track.getCodedWidth(), await track.getCodedHeight())) return null;
  if (!(await track.canDecode())) return null;
  const startS = await track.getFirstTimestamp();
  const facts = {
    width: await track.getDisplayWidth(),
    height: await track.getDisplayHeight(),
    duration_s: await lengthOf(track, startS),
  };
  return { track, startS, facts };
}

/**
 * Opens a file for decoding.
 * @param othersWait whether others wait for its place
 * @returns null when there is no video in it, or none that this browser decodes
 */
export async function openVideo(
  media: Readable,
  signal: AbortSignal,
  othersWait: () => boolean,
): Promise<DecodedVideo | null> {
  const input = inputOf(media);
  const close = (): void => {
    input.dispose();
  };
  signal.addEventListener('abort', close);
  try {
    const found = await within(firstTrack(input), STEP_MS, signal);
    if (found === null) {
      close();
      return null;
    }
    const { track, startS, facts } = found;
    return {
      facts,
      looks: (untilS, wanted) =>
        inTime(takeLooks(track, startS, Math.min(untilS, facts.duration_s ?? untilS), wanted), signal, othersWait),
      close,
    };
  } catch (error) {
    close();
    if (signal.aborted) throw error;
    return null;
  }
}
