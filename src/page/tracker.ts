/**
 * The videos of this frame and their jobs: one job per element and generation, begun when a person
 * can see the video, ended when it goes or its source changes. Says nothing about what a label means.
 */
import type { Label } from '../contract/label';
import type { MediaRef, RawManifest, StreamPiece } from '../contract/messages';
import type { PageNotice } from '../contract/notices';
import type { Settings } from '../contract/settings';
import type { EngineClient } from '../platform/engine-client';
import { isInPicture, isShown } from './eligible';
import { mediaRef } from './media';
import type { Place } from './media';
import { onAbort } from './on-abort';
import { seenVideos } from './seen';
import { pictureTaker } from './pictures';
import type { PictureTaker } from './pictures';
import { sampler } from './sample';
import type { Sampler } from './sample';
import { hasFailed, HAVE_METADATA, playedBy, watchSource } from './source';
import { subjectOf } from './subject';

/** Whether all still play what is labelled, which a page can keep every event of from us. */
const SOURCES_EVERY_MS = 100;
/** To ask for an address that holds the whole video takes Firefox milliseconds: that waits for the next look. */
const LONG_ADDRESS = 1e5;
/** A look at all videos, for what no event tells (style, size, position): at each of so many looks at their sources. */
const LOOK_EVERY = 5;

export interface TrackedVideo {
  readonly element: HTMLVideoElement;
  readonly number: number;
  generation: number;
  /** A job runs, or has run, for this generation. */
  opened: boolean;
  label: Label | null;
  settled: boolean;
  progress: { read: number; total: number | null } | null;
  /** The engine could not be had. */
  lost: boolean;
  manifest: RawManifest | null;
  /** Marks in the picture, cut out. */
  crops: Blob[];
}

export interface TrackerOptions {
  signal: AbortSignal;
  client: EngineClient;
  settings(): Settings;
  /** How many windows of the next video may be looked at. */
  windows(): number;
  place(): Promise<Place>;
  /** Brings the signed pieces of what a video plays. */
  followStream(video: HTMLVideoElement, place: Place, signal: AbortSignal, post: (piece: StreamPiece) => void): void;
  /** A job has begun: `tell` takes what the site itself says of the video, while the signal lives. */
  began(element: HTMLVideoElement, signal: AbortSignal, tell: (notice: PageNotice | null) => void): void;
  /** A video is new, has news, or begins again. */
  changed(video: TrackedVideo): void;
  gone(video: TrackedVideo): void;
  /** Called twice a second while there are videos. */
  look(): void;
}

export interface Tracker {
  add(element: HTMLVideoElement): void;
  /** Nodes left the document: drops videos that are no longer in it. */
  sweep(): void;
  videos(): TrackedVideo[];
  /** Opens a video that the user asks for, also a small one, or one that is off screen or not loaded. */
  insist(element: HTMLVideoElement): TrackedVideo;
  readAll(video: TrackedVideo): void;
  readRemote(video: TrackedVideo): void;
  idOf(video: TrackedVideo): string;
}

interface Entry extends TrackedVideo {
  /** Ends listeners on the element. */
  life: AbortController;
  /** Ends what belongs to this generation only. */
  run: AbortController;
  frames: Sampler | null;
  pictures: PictureTaker | null;
  /** Not hidden by style, when last looked at. */
  shown: boolean;
  /** The user asked for it. */
  asked: boolean;
  /** What it played when this generation was opened. */
  plays: unknown;
}

/** What a generation begins with. */
const blank = (): Omit<Entry, 'element' | 'number' | 'generation' | 'life' | 'run' | 'shown' | 'asked' | 'plays'> => ({
  opened: false,
  label: null,
  settled: false,
  progress: null,
  lost: false,
  manifest: null,
  crops: [],
  frames: null,
  pictures: null,
});

/** One that went to the document of another frame has its places there. */
const isHere = (element: Element): boolean => element.isConnected && element.ownerDocument === document;

const idOf = (video: TrackedVideo): string => `${video.number}.${video.generation}`;

export function createTracker(options: TrackerOptions): Tracker {
  const { signal, client, changed } = options;
  const entries = new Map<HTMLVideoElement, Entry>();
  const seen = seenVideos(signal);
  let count = 0;
  let ticks = 0;
  let timer: ReturnType<typeof setInterval> | undefined;

  const isWanted = ({ asked, element }: Entry): boolean => asked || seen.has(element);

  const samplerFor = (entry: Entry, job: string): Sampler =>
    sampler(entry.element, {
      signal: entry.run.signal,
      isSeen: () => (entry.shown && isWanted(entry)) || isInPicture(entry.element),
      frame: (frame) => {
        client.post({ type: 'frames', job, frames: [frame] });
      },
      none: (reason) => {
        client.post({ type: 'no-frames', job, reason });
      },
    });

  const picturesOf = (entry: Entry, job: string): PictureTaker =>
    pictureTaker(entry.element, {
      signal: entry.run.signal,
      isSeen: () => entry.shown && seen.has(entry.element),
      picture: (picture) => {
        client.post({ type: 'pictures', job, pictures: [picture] });
      },
      none: () => {
        client.post({ type: 'no-pictures', job });
      },
    });

  const follow = async (entry: Entry, job: string): Promise<void> => {
    const place = await options.place();
    const { signal: running } = entry.run;
    if (running.aborted) return;
    options.followStream(entry.element, place, running, (piece) => {
      client.post({ type: 'piece', job, piece });
    });
  };

  const start = (entry: Entry, media: MediaRef): void => {
    const job = idOf(entry);
    const { estimate: wanted, marks, limitMb } = options.settings();
    const windows = options.windows();
    const estimate = wanted && windows > 0;
    const broken = media.kind === 'unreachable';
    let hadEstimate = false;
    let streams = false;
    client.open(
      {
        job,
        subject: subjectOf(entry.element, entry.number),
        media,
        frames: estimate ? 'page' : 'off',
        pictures: marks ? 'page' : undefined,
        limitBytes: limitMb * 1e6,
        windows,
      },
      {
        label: (news) => {
          if (entry.run.signal.aborted || job !== idOf(entry)) return;
          Object.assign(entry, { label: news.label, settled: news.settled, progress: news.progress });
          entry.manifest ??= news.manifest;
          if (news.crops.length > 0) entry.crops = news.crops;
          const looking = news.label.estimate.reason === 'still-looking';
          if (hadEstimate && looking) entry.frames = null; // a fresh engine has none of the frames
          hadEstimate = !looking;
          if (estimate && broken && looking) client.post({ type: 'no-frames', job, reason: 'not-playing' });
          if (estimate && !broken) (entry.frames ??= samplerFor(entry, job)).want(news.wantsFrames);
          if (marks && !broken)
            (entry.pictures ??= picturesOf(entry, job)).want(news.wantsPictures && options.settings().marks);
          if (!streams && media.kind === 'stream') void follow(entry, job);
          streams = true;
          changed(entry);
        },
        lost: () => {
          if (entry.run.signal.aborted) return;
          entry.lost = true;
          entry.settled = true;
          changed(entry);
        },
      },
    );
    options.began(entry.element, entry.run.signal, (notice) => {
      client.post({ type: 'notice', job, notice });
    });
  };

  const open = async (entry: Entry): Promise<void> => {
    const { element } = entry;
    const loaded = element.readyState >= HAVE_METADATA;
    const failed = !loaded && hasFailed(element);
    const named = entry.asked && element.currentSrc !== '';
    if (entry.opened || !(loaded || failed || named) || !isWanted(entry)) return;
    entry.shown = isShown(element);
    if (!entry.shown) return;
    entry.opened = true;
    entry.plays = playedBy(element);
    const { signal: running } = entry.run;
    const media: MediaRef = failed
      ? { kind: 'unreachable', reason: 'media-error' }
      : await mediaRef(element, await options.place(), running);
    if (!running.aborted) start(entry, media);
  };

  const renew = (entry: Entry): void => {
    if (entry.opened) client.cancel(idOf(entry));
    entry.run.abort();
    entry.run = new AbortController();
    if (entry.opened || entry.label !== null) entry.generation++;
    Object.assign(entry, blank());
  };

  const renewOpened = (entry: Entry): void => {
    if (!entry.opened) return;
    renew(entry);
    changed(entry);
  };

  const drop = (entry: Entry): void => {
    renew(entry);
    entry.run.abort();
    entry.life.abort();
    seen.forget(entry.element);
    entries.delete(entry.element);
    options.gone(entry);
    if (entries.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };

  const sweep = (): void => {
    for (const entry of [...entries.values()]) if (!isHere(entry.element)) drop(entry);
  };

  const look = (): void => {
    sweep();
    for (const entry of entries.values()) {
      if (entry.opened) entry.shown = isShown(entry.element);
      else if (seen.has(entry.element)) void open(entry);
      else seen.refresh(entry.element);
    }
    options.look();
  };

  const tick = (): void => {
    const isLook = ++ticks % LOOK_EVERY === 0;
    for (const entry of entries.values()) {
      const isDue = entry.opened && (isLook || String(entry.plays).length < LONG_ADDRESS);
      if (isDue && entry.plays !== playedBy(entry.element)) renewOpened(entry);
    }
    if (isLook) look();
  };

  const add = (element: HTMLVideoElement): void => {
    if (entries.has(element) || signal.aborted) return;
    const entry: Entry = {
      element,
      number: count++,
      generation: 1,
      ...blank(),
      shown: false,
      asked: false,
      plays: null,
      life: new AbortController(),
      run: new AbortController(),
    };
    entries.set(element, entry);
    watchSource(
      element,
      {
        renewed: () => {
          renewOpened(entry);
        },
        ready: () => void open(entry),
        failed: () => {
          // Each <source> tells, and the video itself; and what broke while it played was loaded: it is read all the same.
          if (!entry.opened) void open(entry);
        },
      },
      entry.life.signal,
    );
    timer ??= setInterval(tick, SOURCES_EVERY_MS);
    seen.watch(element, () => void open(entry));
    changed(entry);
  };

  onAbort(signal, () => {
    for (const entry of [...entries.values()]) drop(entry);
  });

  return {
    add,
    sweep,
    videos: () => [...entries.values()],
    insist: (element) => {
      add(element);
      const entry = entries.get(element) as Entry;
      entry.asked = true;
      void open(entry);
      return entry;
    },
    readAll: (video) => {
      client.post({ type: 'read-all', job: idOf(video) });
    },
    readRemote: (video) => {
      client.post({ type: 'read-remote', job: idOf(video) });
    },
    idOf,
  };
}
