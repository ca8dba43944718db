/** The estimate's part of one job: from frames of the page, or of our own decoder where the page has none. */
import { MIN_LENGTH_S, MIN_SHORT_SIDE } from '../contract/frames';
import type { FramePacket } from '../contract/frames';
import type { Estimate, Subject } from '../contract/label';
import { cannotTell } from '../contract/lanes';
import type { EstimateReason } from '../contract/reasons';
import { guarded } from './guarded';
import type { Shown } from './other-file';
import type { PixelState, ReadableMedia } from './worker/protocol';
import type { WorkerSlot } from './worker/slot';

export interface EstimateLane {
  estimate(): Estimate;
  /** It has an answer, or a reason why there is none; frames may still bring another one. */
  hasEnded(): boolean;
  isAtWork(): boolean;
  wantsFrames(): boolean;
  /** The page has sent frames: the video plays. */
  hadFrames(): boolean;
  add(packets: FramePacket[]): void;
  /**
   * The page has no frames, or no more.
   * @returns whether that changes anything
   */
  noFrames(reason: EstimateReason): boolean;
  /**
   * Has our own decoder look.
   * @param otherwise the reason where it can't
   */
  decode(otherwise: EstimateReason): void;
}

export interface EstimateJob {
  /** Unique among all jobs of the engine: the worker keeps frames under it. */
  name: string;
  subject: Readonly<Subject>;
  /** Null where there are no bytes to decode. */
  media: ReadableMedia | null;
  /** What the page's player says of it; null where there is no player beside ours. */
  shown: Shown | null;
  frames: 'page' | 'engine' | 'off';
  /** At most so many windows are looked at. */
  windows: number | undefined;
  signal: AbortSignal;
  /** Our decoder is about to run: whether it shall take whole frames as well. */
  alsoPictures(): boolean;
  /** Takes what was found out beside the estimate. */
  took(state: PixelState): void;
  /** Something has changed. */
  tell(): void;
}

/** Reasons of a page that our own decoder may get around: what it can't read, and what went by too fast. */
const ENGINE_CAN_LOOK: readonly EstimateReason[] = ['pixels-unreadable', 'too-short'];
const FAILED: PixelState = { estimate: cannotTell('engine-unavailable'), wantsFrames: false, video: null };

/** What size and length alone tell of the estimate; null when it is worth looking. */
function withoutLooking({ width, height, duration_s }: Subject): EstimateReason | null {
  if (width !== null && height !== null && Math.min(width, height) < MIN_SHORT_SIDE) return 'too-small';
  return duration_s !== null && duration_s <= MIN_LENGTH_S ? 'too-short' : null;
}

const isWaiting = ({ reason }: Estimate): boolean => reason === 'still-looking';

export function estimateLane(pixels: WorkerSlot, job: EstimateJob): EstimateLane {
  const { name, subject, media, shown, windows, signal } = job;
  const { width, height } = subject;
  const hopeless = job.frames === 'page' ? withoutLooking(subject) : null;
  let wantsFrames = job.frames === 'page' && hopeless === null;
  let estimate = cannotTell(job.frames === 'off' ? 'switched-off' : (hopeless ?? 'still-looking'));
  /** Calls of the worker. */
  let looking = 0;
  /** Why the page sends no more frames for now; frames that are still on their way don't undo it. */
  let gaveUp: EstimateReason | null = null;
  /** The page has said so while frames were looked at. */
  let overdue: EstimateReason | null = null;
  let hadFrames = false;

  const take = (state: PixelState): void => {
    const gave = isWaiting(state.estimate) ? gaveUp : null;
    estimate = gave === null ? state.estimate : cannotTell(gave, state.estimate.frames);
    ({ wantsFrames } = state);
    job.took(state);
  };

  const look = async (work: () => Promise<PixelState>): Promise<void> => {
    looking++;
    const done = await guarded(async () => {
      take(await work());
    }, signal);
    if (done === null) return;
    looking--;
    if (!done) {
      take(FAILED);
      overdue = null;
    }
    catchUp();
    job.tell();
  };

  const decode = (from: ReadableMedia, otherwise: EstimateReason): void => {
    const input = { media: from, shown, otherwise, estimate: true, pictures: job.alsoPictures(), windows };
    const onEvent = (state: PixelState): void => {
      take(state);
      job.tell();
    };
    void look(() => pixels.call('decode', input, { signal, onEvent }));
  };

  const noFrames = (said: EstimateReason): boolean => {
    // What is known to be too short isn't looked at (`hopeless`): a busy page missed frames of this one, or all of them.
    const isLong = subject.duration_s !== null;
    const reason = said === 'too-short' && isLong && !hadFrames ? 'pixels-unreadable' : said;
    // A page may say so as often as it likes.
    if (looking > 0) {
      const isNews = overdue !== reason;
      overdue = reason; // what is on its way may still tell
      return isNews;
    }
    const waits = isWaiting(estimate) || gaveUp !== null;
    if (!waits || hopeless !== null) return false;
    if (ENGINE_CAN_LOOK.includes(reason) && media !== null) {
      decode(media, isLong ? 'pixels-unreadable' : reason);
      return false;
    }
    if (gaveUp === reason) return false;
    gaveUp = reason;
    estimate = cannotTell(reason, estimate.frames);
    return true;
  };

  const catchUp = (): void => {
    const reason = overdue;
    if (looking > 0 || reason === null) return;
    overdue = null;
    noFrames(reason);
  };

  return {
    estimate: () => estimate,
    hasEnded: () => !isWaiting(estimate),
    isAtWork: () => looking > 0,
    wantsFrames: () => wantsFrames,
    hadFrames: () => hadFrames,
    add: (packets) => {
      if (!wantsFrames || width === null || height === null) return;
      gaveUp = overdue = null;
      hadFrames = true;
      const input = { job: name, width, height, packets, windows };
      void look(() => pixels.call('frames', input, { signal }));
    },
    noFrames,
    decode: (otherwise) => {
      if (media !== null) decode(media, otherwise);
      else estimate = cannotTell(otherwise);
    },
  };
}
