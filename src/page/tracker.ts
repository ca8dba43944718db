/**
 * The videos of this frame and their jobs: one job per element and generation, begun when a person
 * can see the video, ended when it goes or its source changes. Says nothing about what a label means.
 */
import type { MediaRef } from '../contract/messages';
import { isShown } from './eligible';
import { jobStarter } from './job';
import type { JobOptions } from './job';
import { heldBlob, mediaRef } from './media';
import { onAbort } from './on-abort';
import { seenVideos } from './seen';
import { hasFailed, HAVE_METADATA, playedBy, watchSource } from './source';
import { begun, idOf } from './tracked';
import type { Entry, TrackedVideo } from './tracked';

/** Whether all still play what is labelled, which a page can keep every event of from us. */
const SOURCES_EVERY_MS = 100;
/** To ask for an address that holds the whole video takes Firefox milliseconds: that waits for the next look. */
const LONG_ADDRESS = 1e5;
/** A look at all videos, for what no event tells (style, size, position): at each of so many looks at their sources. */
const LOOK_EVERY = 5;

export interface TrackerOptions extends JobOptions {
  signal: AbortSignal;
  /** A video is new, has news, or begins again. */
  changed(video: TrackedVideo): void;
  gone(video: TrackedVideo): void;
  /** Whether a page's own address may be a MediaSource. */
  mayStream(): boolean;
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

/**
 * One that went to the document of another frame has its places there. Where the frame that made one has gone, Firefox
 * lets nobody touch it by the name that we had for it: it is found by a new one.
 */
function isHere(element: Element): boolean {
  try {
    return element.isConnected && element.ownerDocument === document;
  } catch {
    return false;
  }
}

export function createTracker(options: TrackerOptions): Tracker {
  const { signal, client, changed } = options;
  const entries = new Map<HTMLVideoElement, Entry>();
  const seen = seenVideos(signal);
  let count = 0;
  let ticks = 0;
  let timer: ReturnType<typeof setInterval> | undefined;

  const isSeen = ({ element }: Entry): boolean => seen.has(element);
  const isWanted = (entry: Entry): boolean => entry.asked || isSeen(entry);
  const start = jobStarter(options, isSeen, isWanted);

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
      : await mediaRef(element, await options.place(), running, entry.held, options.mayStream());
    if (running.aborted) return;
    entry.held = null;
    start(entry, media);
  };

  const renew = (entry: Entry): void => {
    if (entry.opened) client.cancel(idOf(entry));
    entry.run.abort();
    if (entry.opened || entry.label !== null) entry.generation++;
    begun(entry);
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
    entries.delete(entry.element);
    options.gone(entry);
    if (entries.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
    seen.forget(entry.element);
  };

  const sweep = (): void => {
    for (const entry of entries.values()) if (!isHere(entry.element)) drop(entry);
  };

  const look = (): void => {
    for (const entry of entries.values()) {
      if (entry.opened) entry.shown = isShown(entry.element);
      else if (seen.has(entry.element)) void open(entry);
      else seen.refresh(entry.element);
    }
    options.look();
  };

  const tick = (): void => {
    const isLook = ++ticks % LOOK_EVERY === 0;
    sweep();
    for (const entry of entries.values()) {
      const isDue = entry.opened && (isLook || String(entry.plays).length < LONG_ADDRESS);
      if (isDue && entry.plays !== playedBy(entry.element)) renewOpened(entry);
    }
    if (isLook) look();
  };

  const add = (element: HTMLVideoElement): void => {
    if (entries.has(element) || signal.aborted) return;
    const entry = begun({
      element,
      number: count++,
      generation: 1,
      shown: false,
      asked: false,
      plays: null,
      held: heldBlob(element.currentSrc),
      life: new AbortController(),
    });
    entries.set(element, entry);
    watchSource(
      element,
      {
        renewed: () => {
          renewOpened(entry);
          entry.held = heldBlob(element.currentSrc);
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
    for (const entry of entries.values()) drop(entry);
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
