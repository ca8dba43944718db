/**
 * One job: a video's lanes run side by side, and every news of a lane becomes a label.
 * The only place where lanes meet `label()`.
 */
import type { OwnAnchors } from '../contract/anchors';
import { MIN_LENGTH_S, MIN_PICTURE_SIDE, MIN_SHORT_SIDE } from '../contract/frames';
import type { FramePacket, PicturePacket } from '../contract/frames';
import type { Disclosure, Subject } from '../contract/label';
import { cannotTell, emptyCredentials } from '../contract/lanes';
import type { LaneResults } from '../contract/lanes';
import type { FromEngine, MediaRef, RawManifest, StreamPiece, ToEngine } from '../contract/messages';
import type { EstimateReason } from '../contract/reasons';
import { label } from '../label/label';
import { marksLane } from './marks-lane';
import { disclosureOf } from './notice';
import { streamLane } from './stream-lane';
import type { FileFacts, PictureMarks, PixelState, ReadableMedia } from './worker/protocol';
import { CallAborted } from './worker/slot';
import type { WorkerSlot } from './worker/slot';

type Open = Extract<ToEngine, { type: 'open' }>;

export interface EngineParts {
  /** Anchors of the user's and the organisation's own. */
  anchors(): Promise<OwnAnchors>;
  /** Reads files: credentials and disclosures. */
  bytes: WorkerSlot;
  /** Decodes and looks at frames, and reads marks in whole ones. */
  pixels: WorkerSlot;
  browser: string;
  extension: string;
}

export interface Job {
  frames(packets: FramePacket[]): void;
  noFrames(reason: EstimateReason): void;
  pictures(packets: PicturePacket[]): void;
  noPictures(): void;
  readAll(): void;
  piece(piece: StreamPiece): void;
  /** @param notice comes from a frame: it may be anything */
  notice(notice: unknown): void;
  readRemote(): void;
  cancel(): void;
}

/** Reasons of a page that our own decoder may get around: what it can't read, and what went by too fast. */
const ENGINE_CAN_LOOK: readonly EstimateReason[] = ['pixels-unreadable', 'too-short'];

/** A playing video gives its first pair of whole frames in a second or two; on a busy page it may take longer. */
const PICTURES_MS = 8_000;

const isReadable = (media: MediaRef): media is ReadableMedia => media.kind === 'url' || media.kind === 'blob';

/** What the credentials lane says of media without bytes to read. */
function factsWithoutBytes(media: MediaRef): FileFacts {
  if (media.kind === 'unreachable')
    return { credentials: emptyCredentials('unreachable', media.reason), disclosures: [], manifest: null };
  return { credentials: emptyCredentials('streamed'), disclosures: [], manifest: null };
}

/**
 * Starts a job.
 * @param name unique among all jobs of the engine (the workers keep frames under it)
 * @param post takes each label; the last one before silence has `settled: true`
 */
export function startJob(open: Open, name: string, parts: EngineParts, post: (message: FromEngine) => void): Job {
  const stop = new AbortController();
  const started = performance.now();
  const since = (): number => Math.round(performance.now() - started);
  let progress: { read: number; total: number | null } | null = null;
  let manifest: RawManifest | null = null;
  let reading = false;
  /** Name of the anchors by which the signer was judged. */
  let judgedBy = open.known?.anchors ?? '';
  let remote = open.remote === true;
  let looking = 0;
  /** Why the page sends no more frames for now; frames that are still on their way don't undo it. */
  let gaveUp: EstimateReason | null = null;
  /** The page has said so while frames were looked at. */
  let overdue: EstimateReason | null = null;
  let crops: Blob[] = [];
  /** The page has sent frames for the estimate: the video plays. */
  let hadFrames = false;
  /** Our own decoder was asked for whole frames. */
  let decodesPictures = false;
  /** The page has said that it gives none, or no more. */
  let lacksPictures = false;
  /** Runs from the end of the estimate. */
  let pictureTimer: ReturnType<typeof setTimeout> | undefined;
  let picturesLate = false;
  const hopeless = open.frames === 'page' ? withoutLooking(open.subject) : null;
  let wantsFrames = open.frames === 'page' && hopeless === null;
  /** A file that is opened by itself has no player beside ours. */
  const shown = open.subject.kind === 'page-video' ? open.subject : null;
  const { credentials, disclosures } = open.known ?? factsBefore(open.media);
  let notices = disclosureOf(open.notice, open.subject);
  const results: LaneResults = {
    subject: { ...open.subject },
    credentials,
    disclosures: disclosures.filter(({ by }) => by !== 'page'),
    estimate: cannotTell(open.frames === 'off' ? 'switched-off' : (hopeless ?? 'still-looking')),
    engine: { browser: parts.browser, extension: parts.extension },
    timing_ms: { credentials: null, estimate: null },
  };

  /** A stream's pieces don't come twice: what was proved under other anchors is proved no more. */
  const ownAnchors = async (): Promise<string[]> => {
    const { name: anchorsName, texts } = await parts.anchors();
    if (open.known !== null && judgedBy !== anchorsName) results.credentials = emptyCredentials('unverified', 'stream');
    judgedBy = anchorsName;
    return texts;
  };

  const stream = streamLane(
    parts.bytes,
    stop.signal,
    ownAnchors,
    () => results.credentials,
    (credentials) => {
      results.credentials = credentials;
      results.timing_ms.credentials ??= since();
      tell();
    },
  );

  const isInPicture = ({ by }: Disclosure): boolean => by === 'picture';

  const takeMarks = (marks: PictureMarks): void => {
    crops = marks.crops;
    results.disclosures = [...results.disclosures.filter((d) => !isInPicture(d)), ...marks.disclosures];
    tell();
  };
  const marks = marksLane(parts.pixels, stop.signal, takeMarks);

  /** Whether whole frames of the page could still say something. */
  const wantsPictures = (): boolean => {
    const mayShow = open.pictures === 'page' && !isTiny(results.subject) && !results.disclosures.some(isInPicture);
    return mayShow && marks.isOpen();
  };

  /** Whether the page's first pair of whole frames may still come. */
  const areDue = (): boolean => {
    if (!hadFrames || picturesLate || decodesPictures || marks.hasLooked()) return false;
    if (results.estimate.reason === 'still-looking') return false;
    pictureTimer ??= setTimeout(() => {
      picturesLate = true;
      if (!marks.hasLooked()) tell();
    }, PICTURES_MS);
    return true;
  };

  const tell = (): void => {
    if (stop.signal.aborted) return;
    decodeLacking();
    if (looking === 0 && results.estimate.reason !== 'still-looking') marks.begin();
    const awaitsPictures = wantsPictures() && areDue();
    const settled = !reading && looking === 0 && !stream.isAtWork() && !marks.isAtWork() && !awaitsPictures;
    const all = { ...results, disclosures: [...results.disclosures, ...notices] };
    const news = {
      label: label(all),
      settled,
      progress,
      anchors: judgedBy,
      wantsFrames,
      wantsPictures: wantsPictures(),
    };
    post({ type: 'label', job: open.job, ...news, manifest, crops });
  };

  const takeFacts = (facts: FileFacts): void => {
    results.credentials = facts.credentials;
    results.disclosures = [...facts.disclosures, ...results.disclosures.filter(isInPicture)];
    manifest = facts.manifest;
    results.timing_ms.credentials = since();
  };

  /** What our own decoder knows beside the estimate. */
  const takeVideo = ({ video, pictures }: PixelState): void => {
    if (video !== null) Object.assign(results.subject, video);
    if (pictures === undefined) return;
    if (!isTiny(results.subject)) marks.add(pictures);
    marks.end();
  };

  const takePixels = (state: PixelState): void => {
    const waits = state.estimate.reason === 'still-looking';
    results.estimate = waits && gaveUp !== null ? cannotTell(gaveUp, state.estimate.frames) : state.estimate;
    wantsFrames = state.wantsFrames;
    takeVideo(state);
    if (!waits) results.timing_ms.estimate = since();
  };

  /** Runs one call of a worker; whatever goes wrong becomes a reason. */
  const guarded = async (work: () => Promise<void>, failed: () => void): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (error instanceof CallAborted || stop.signal.aborted) return;
      failed();
    }
    tell();
  };

  /** @param isKnown whether what is known already still holds under these anchors */
  const read = async (
    media: ReadableMedia,
    limitBytes: number,
    isKnown: (anchors: string) => boolean = () => false,
  ): Promise<void> => {
    reading = true;
    await guarded(
      async () => {
        const { name: anchorsName, texts: anchors } = await parts.anchors();
        if (isKnown(anchorsName)) {
          reading = false;
          return;
        }
        judgedBy = anchorsName;
        const facts = await parts.bytes.call(
          'read',
          { media, limitBytes, anchors, remote, shown, hash: open.hash === true },
          {
            signal: stop.signal,
            onEvent: (event) => {
              if (event.type === 'facts') takeFacts(event.facts);
              else progress = { read: event.read, total: event.total };
              tell();
            },
          },
        );
        reading = false;
        progress = null;
        takeFacts(facts);
      },
      () => {
        reading = false;
        progress = null;
        takeFacts({ ...factsBefore(media), credentials: emptyCredentials('unverified', 'engine-unavailable') });
      },
    );
  };

  const catchUp = (): void => {
    const reason = overdue;
    if (looking > 0 || reason === null) return;
    overdue = null;
    noFrames(reason);
  };

  const look = async (work: () => Promise<PixelState>): Promise<void> => {
    looking++;
    await guarded(
      async () => {
        const state = await work();
        looking--;
        takePixels(state);
        catchUp();
      },
      () => {
        looking--;
        takePixels({ estimate: cannotTell('engine-unavailable'), wantsFrames: false, video: null });
        overdue = null;
      },
    );
  };

  const decode = (media: ReadableMedia, otherwise: EstimateReason): Promise<void> => {
    const pictures = open.pictures !== undefined && !decodesPictures && marks.isOpen();
    decodesPictures ||= pictures;
    return look(() =>
      parts.pixels.call(
        'decode',
        { media, shown, otherwise, estimate: true, pictures, windows: open.windows },
        {
          signal: stop.signal,
          onEvent: (state) => {
            takePixels(state);
            tell();
          },
        },
      ),
    );
  };

  /** Whole frames only, for the picture reader. */
  const decodePictures = async (media: ReadableMedia): Promise<void> => {
    decodesPictures = true;
    looking++;
    const { signal } = stop;
    const want = { otherwise: 'switched-off', estimate: false, pictures: true, windows: open.windows } as const;
    await guarded(
      async () => {
        const state = await parts.pixels.call('decode', { media, shown, ...want }, { signal });
        looking--;
        takeVideo(state);
      },
      () => {
        looking--;
      },
    );
  };

  /** Where the page's own whole frames can't be had, ours may, if they weren't already on the way to the estimate. */
  const decodeLacking = (): void => {
    if (!lacksPictures || !wantsPictures() || !isReadable(open.media)) return;
    if (decodesPictures || marks.hasLooked() || marks.isAtWork()) return;
    // While the estimate is still looking, it may soon be our decoder's, which gives both.
    if (looking === 0 && results.estimate.reason !== 'still-looking') void decodePictures(open.media);
  };

  const noFrames = (said: EstimateReason): void => {
    const isOver = said === 'too-short' && !lacksPictures;
    lacksPictures ||= isOver;
    // What is known to be too short isn't looked at (`hopeless`): a busy page missed frames of this one, or all of them.
    const isLong = results.subject.duration_s !== null;
    const reason = said === 'too-short' && isLong && !hadFrames ? 'pixels-unreadable' : said;
    // A page may say so as often as it likes: what changes nothing makes no label.
    if (looking > 0) {
      if (overdue === reason && !isOver) return;
      overdue = reason; // what is on its way may still tell
      tell();
      return;
    }
    const waits = results.estimate.reason === 'still-looking' || gaveUp !== null;
    if (!waits || hopeless !== null) {
      if (isOver) tell();
      return;
    }
    if (ENGINE_CAN_LOOK.includes(reason) && isReadable(open.media)) {
      void decode(open.media, isLong ? 'pixels-unreadable' : reason);
      return;
    }
    if (gaveUp === reason && !isOver) return;
    gaveUp = reason;
    results.estimate = cannotTell(reason, results.estimate.frames);
    tell();
  };

  const noPictures = (): void => {
    if (lacksPictures) return;
    lacksPictures = true;
    tell();
  };

  if (isReadable(open.media)) {
    void read(open.media, open.limitBytes, (anchors) => open.known?.anchors === anchors);
    if (open.frames === 'engine') void decode(open.media, 'pixels-unreadable');
    else if (open.pictures === 'engine') void decodePictures(open.media);
  } else if (open.frames === 'engine') {
    results.estimate = cannotTell('pixels-unreadable');
  }
  if (open.media.kind === 'stream' && open.known !== null) {
    void guarded(
      async () => {
        await ownAnchors();
      },
      () => undefined,
    );
  }
  tell();

  return {
    frames: (packets) => {
      const { width, height } = open.subject;
      if (!wantsFrames || width === null || height === null) return;
      gaveUp = overdue = null;
      hadFrames = true;
      void look(() =>
        parts.pixels.call(
          'frames',
          { job: name, width, height, packets, windows: open.windows },
          { signal: stop.signal },
        ),
      );
    },
    noFrames,
    pictures: (packets) => {
      if (open.pictures !== 'page') return;
      marks.add(packets);
      tell();
    },
    noPictures,
    readAll: () => {
      if (isReadable(open.media) && !reading) void read(open.media, Number.MAX_SAFE_INTEGER);
    },
    piece: (piece) => {
      if (open.media.kind === 'stream') stream.add(piece);
    },
    notice: (notice) => {
      notices = disclosureOf(notice, open.subject);
      tell();
    },
    readRemote: () => {
      if (!isReadable(open.media) || reading || results.credentials.state !== 'remote') return;
      remote = true;
      void read(open.media, open.limitBytes);
    },
    cancel: () => {
      clearTimeout(pictureTimer);
      stop.abort();
      if (open.frames === 'page' && parts.pixels.isRunning()) {
        parts.pixels.call('forget', { job: name }, { signal: new AbortController().signal }).catch(() => undefined);
      }
    },
  };
}

/** Nothing on it could be read. */
const isTiny = ({ width, height }: Subject): boolean =>
  width !== null && height !== null && Math.min(width, height) < MIN_PICTURE_SIDE;

/** What size and length alone tell of the estimate; null when it is worth looking. */
function withoutLooking({ width, height, duration_s }: Subject): EstimateReason | null {
  if (width !== null && height !== null && Math.min(width, height) < MIN_SHORT_SIDE) return 'too-small';
  return duration_s !== null && duration_s <= MIN_LENGTH_S ? 'too-short' : null;
}

/** Facts before anything was read. */
function factsBefore(media: MediaRef): FileFacts {
  return isReadable(media)
    ? { credentials: emptyCredentials('unverified'), disclosures: [], manifest: null }
    : factsWithoutBytes(media);
}
