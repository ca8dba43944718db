/**
 * The picture reader's part of one job, and where its whole frames come from: the page, or our own decoder where the
 * page has none.
 */
import { MIN_PICTURE_SIDE } from '../contract/frames';
import type { PicturePacket } from '../contract/frames';
import type { Disclosure, Subject } from '../contract/label';
import type { EstimateLane } from './estimate-lane';
import { guarded } from './guarded';
import { markReader } from './mark-reader';
import type { Shown } from './other-file';
import type { PictureMarks, PixelState, ReadableMedia } from './worker/protocol';
import type { WorkerSlot } from './worker/slot';

export interface MarksLane extends PictureMarks {
  /** Whether whole frames of the page could still say something. */
  wantsPictures(): boolean;
  /** Whether there is nothing to wait for; asked after each change, since it keeps time. */
  isSettled(): boolean;
  /** Whole frames of the page. */
  add(pictures: PicturePacket[]): void;
  /**
   * The page has none, or no more.
   * @returns whether it hasn't said so before
   */
  noPictures(): boolean;
  /** Whether our decoder shall take whole frames, which it is asked for once. */
  claim(): boolean;
  /** Takes those that it took. */
  took(state: PixelState): void;
  /** To be called when the estimate lane may have ended: nothing is read before, nor asked of our decoder. */
  proceed(): void;
  /** Has our own decoder take whole frames. */
  decode(): void;
  stop(): void;
}

export interface MarksJob {
  subject: Readonly<Subject>;
  /** Null where there are no bytes to decode. */
  media: ReadableMedia | null;
  /** What the page's player says of it; null where there is no player beside ours. */
  shown: Shown | null;
  pictures: 'page' | 'engine' | undefined;
  /** What an earlier engine read. */
  known: Disclosure[];
  estimate: Pick<EstimateLane, 'hasEnded' | 'isAtWork' | 'hadFrames'>;
  signal: AbortSignal;
  /** Takes what our decoder found out. */
  took(state: PixelState): void;
  /** Something has changed. */
  tell(): void;
}

/** A playing video gives its first pair of whole frames in a second or two; on a busy page it may take longer. */
const PICTURES_MS = 8_000;

/** Nothing on it could be read. */
const isTiny = ({ width, height }: Subject): boolean =>
  width !== null && height !== null && Math.min(width, height) < MIN_PICTURE_SIDE;

export function marksLane(pixels: WorkerSlot, job: MarksJob): MarksLane {
  const { subject, media, shown, estimate, signal } = job;
  let disclosures = job.known;
  let crops: Blob[] = [];
  /** Our own decoder was asked for whole frames. */
  let claimed = false;
  let decoding = false;
  /** The page has said that it gives none, or no more. */
  let lacking = false;
  /** Runs from the end of the estimate. */
  let timer: ReturnType<typeof setTimeout> | undefined;
  let late = false;

  const reader = markReader(pixels, signal, (marks) => {
    ({ disclosures, crops } = marks);
    job.tell();
  });

  const wantsPictures = (): boolean =>
    job.pictures === 'page' && !isTiny(subject) && disclosures.length === 0 && reader.isOpen();

  const hasLooked = (): boolean => claimed || reader.hasLooked();

  /** Whether the page's first pair of whole frames may still come. */
  const areDue = (): boolean => {
    if (!estimate.hadFrames() || late || hasLooked() || !estimate.hasEnded()) return false;
    timer ??= setTimeout(() => {
      late = true;
      if (!reader.hasLooked()) job.tell();
    }, PICTURES_MS);
    return true;
  };

  const decode = async (from: ReadableMedia): Promise<void> => {
    claimed = decoding = true;
    const input = { media: from, shown, otherwise: 'switched-off', estimate: false, pictures: true } as const;
    const done = await guarded(async () => {
      job.took(await pixels.call('decode', { ...input, windows: undefined }, { signal }));
    }, signal);
    if (done === null) return;
    decoding = false;
    job.tell();
  };

  return {
    get disclosures() {
      return disclosures;
    },
    get crops() {
      return crops;
    },
    wantsPictures,
    isSettled: () => !(wantsPictures() && areDue()) && !decoding && !reader.isAtWork(),
    add: (pictures) => {
      if (job.pictures === 'page') reader.add(pictures);
    },
    noPictures: () => {
      const isNews = !lacking;
      lacking = true;
      return isNews;
    },
    claim: () => {
      const isWanted = job.pictures !== undefined && !claimed && reader.isOpen();
      claimed ||= isWanted;
      return isWanted;
    },
    took: ({ pictures }) => {
      if (pictures === undefined) return;
      if (!isTiny(subject)) reader.add(pictures);
      reader.end();
    },
    proceed: () => {
      if (!estimate.hasEnded() || estimate.isAtWork()) return;
      // Where the page's own whole frames can't be had, ours may.
      if (lacking && wantsPictures() && media !== null && !hasLooked() && !reader.isAtWork()) void decode(media);
      if (!decoding) reader.begin();
    },
    decode: () => {
      if (media !== null) void decode(media);
    },
    stop: () => {
      clearTimeout(timer);
    },
  };
}
