/**
 * One job: a video's lanes run side by side, and every news of a lane becomes a label.
 * The only place where lanes meet `label()`.
 */
import type { OwnAnchors } from '../contract/anchors';
import type { FramePacket, PicturePacket } from '../contract/frames';
import { emptyCredentials } from '../contract/lanes';
import type { LaneResults } from '../contract/lanes';
import type { FromEngine, MediaRef, StreamPiece, ToEngine } from '../contract/messages';
import type { EstimateReason } from '../contract/reasons';
import { label } from '../label/label';
import { estimateLane } from './estimate-lane';
import { UNREAD, fileLane } from './file-lane';
import { guarded } from './guarded';
import { marksLane } from './marks-lane';
import { disclosureOf } from './notice';
import { streamLane } from './stream-lane';
import type { FileFacts, PixelState, ReadableMedia } from './worker/protocol';
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

const isReadable = (media: MediaRef): media is ReadableMedia => media.kind === 'url' || media.kind === 'blob';

/** What is known of media without bytes to read. */
const factsWithoutBytes = (media: MediaRef): FileFacts => ({
  ...UNREAD,
  credentials:
    media.kind === 'unreachable' ? emptyCredentials('unreachable', media.reason) : emptyCredentials('streamed'),
});

/**
 * Starts a job.
 * @param name unique among all jobs of the engine (the workers keep frames under it)
 * @param post takes each label; the last one before silence has `settled: true`
 */
export function startJob(open: Open, name: string, parts: EngineParts, post: (message: FromEngine) => void): Job {
  const stop = new AbortController();
  const { signal } = stop;
  const started = performance.now();
  const since = (): number => Math.round(performance.now() - started);
  const media = isReadable(open.media) ? open.media : null;
  /** A file that is opened by itself has no player beside ours. */
  const shown = open.subject.kind === 'page-video' ? open.subject : null;
  const subject = { ...open.subject };
  const timing_ms: LaneResults['timing_ms'] = { credentials: null, estimate: null };
  const known = open.known?.disclosures ?? [];
  let facts: FileFacts = {
    ...(media === null ? factsWithoutBytes(open.media) : UNREAD),
    ...(open.known === null ? {} : { credentials: open.known.credentials }),
    disclosures: known.filter(({ by }) => by !== 'page' && by !== 'picture'),
  };
  let notices = disclosureOf(open.notice, subject);
  /** Name of the anchors by which the signer was judged. */
  let judgedBy = open.known?.anchors ?? '';

  const anchors = async (): Promise<OwnAnchors> => {
    const own = await parts.anchors();
    judgedBy = own.name;
    return own;
  };

  /** A stream's pieces don't come twice: what was proved under other anchors is proved no more. */
  const anchorsOfStream = async (): Promise<string[]> => {
    const before = judgedBy;
    const { name: now, texts } = await anchors();
    if (open.known !== null && before !== now)
      facts = { ...facts, credentials: emptyCredentials('unverified', 'stream') };
    return texts;
  };

  const takeFacts = (found: FileFacts): void => {
    facts = found;
    timing_ms.credentials = since();
  };

  /** What our own decoder knows beside the estimate. */
  const took = (state: PixelState): void => {
    if (state.video !== null) Object.assign(subject, state.video);
    marks.took(state);
  };

  const tell = (): void => {
    if (signal.aborted) return;
    marks.proceed();
    const results: LaneResults = {
      subject,
      credentials: stream.shown(facts.credentials),
      disclosures: [...facts.disclosures, ...marks.disclosures, ...notices],
      estimate: estimate.estimate(),
      engine: { browser: parts.browser, extension: parts.extension },
      timing_ms,
    };
    const isQuiet = marks.isSettled() && file?.isAtWork() !== true && !estimate.isAtWork() && !stream.isAtWork();
    post({
      type: 'label',
      job: open.job,
      label: label(results),
      settled: isQuiet,
      progress: file?.progress() ?? null,
      anchors: judgedBy,
      wantsFrames: estimate.wantsFrames(),
      wantsPictures: marks.wantsPictures(),
      manifest: facts.manifest,
      crops: marks.crops,
    });
  };

  const file =
    media === null
      ? null
      : fileLane(parts.bytes, {
          media,
          shown,
          remote: open.remote === true,
          hash: open.hash === true,
          known: open.known?.anchors ?? null,
          signal,
          anchors,
          facts: takeFacts,
          tell,
        });
  const stream = streamLane(
    parts.bytes,
    signal,
    anchorsOfStream,
    () => facts.credentials,
    (credentials) => {
      facts = { ...facts, credentials };
      timing_ms.credentials ??= since();
      tell();
    },
    tell,
  );
  const estimate = estimateLane(parts.pixels, {
    name,
    subject,
    media,
    shown,
    frames: open.frames,
    windows: open.windows,
    signal,
    alsoPictures: () => marks.claim(),
    took: (state) => {
      took(state);
      if (state.estimate.reason !== 'still-looking') timing_ms.estimate = since();
    },
    tell,
  });
  const marks = marksLane(parts.pixels, {
    subject,
    media,
    shown,
    pictures: open.pictures,
    known: known.filter(({ by }) => by === 'picture'),
    estimate,
    signal,
    took,
    tell,
  });

  file?.read(open.limitBytes);
  if (open.frames === 'engine') estimate.decode('pixels-unreadable');
  else if (open.pictures === 'engine') marks.decode();
  if (open.media.kind === 'stream' && open.known !== null) {
    void guarded(async () => {
      await anchorsOfStream();
    }, signal).then(tell);
  }
  tell();

  return {
    frames: estimate.add,
    noFrames: (reason) => {
      const isOver = reason === 'too-short' && marks.noPictures();
      if (estimate.noFrames(reason) || isOver) tell();
    },
    pictures: (packets) => {
      marks.add(packets);
      tell();
    },
    noPictures: () => {
      if (marks.noPictures()) tell();
    },
    readAll: () => {
      file?.read(Number.MAX_SAFE_INTEGER);
    },
    piece: (piece) => {
      if (open.media.kind === 'stream') stream.add(piece);
    },
    notice: (notice) => {
      notices = disclosureOf(notice, open.subject);
      tell();
    },
    readRemote: () => {
      if (file === null || file.isAtWork() || facts.credentials.state !== 'remote') return;
      file.followLinks();
      file.read(open.limitBytes);
    },
    cancel: () => {
      marks.stop();
      stop.abort();
      if (open.frames === 'page' && parts.pixels.isRunning()) {
        parts.pixels.call('forget', { job: name }, { signal: new AbortController().signal }).catch(() => undefined);
      }
    },
  };
}
