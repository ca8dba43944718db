/** Wires the videos of a frame: their jobs, their surfaces, the toolbar and the popup. Wiring only. */
import type { Extras } from '../contract/extras';
import { takeAsked } from '../page/asked';
import type { FollowStream } from '../page/follow-stream';
import { onAbort } from '../page/on-abort';
import { batterySaver } from '../page/saver';
import { noticeSiteOf } from '../contract/notices';
import type { MakePopupLine, PopupLine } from '../page/popup-line';
import type { WatchNotice } from '../page/sites/watch';
import { createTracker } from '../page/tracker';
import { verdictNews } from '../page/verdicts';
import type { EventGuard } from '../page/event-guard';
import type { Settings } from '../contract/settings';
import { engineClient } from '../platform/engine-client';
import { onFramesCall } from '../platform/messaging';
import { readExtras } from '../platform/storage';
import { createSurfaces } from './page-surfaces';
import type { MakePanel } from './page-surfaces';
import type { PartLoader } from './part-loader';

/** What a frame gives to the treatment of its videos. */
interface FrameContext {
  /** Where pieces of signed streams come from: null before the page has made a stream, undefined without a hook. */
  streamPort(): MessagePort | null | undefined;
  settings(): Settings;
  guard: EventGuard;
  /** The top-level site, as `siteOf()` names it. */
  site(): Promise<string | null>;
  /** Called twice a second while there are videos; answers whether all is well. */
  look(): boolean;
  partLoader: PartLoader;
  /** Ends all. */
  signal: AbortSignal;
}

export interface Videos {
  add(video: HTMLVideoElement): void;
  /** Nodes came or went. */
  sweep(): void;
  apply(settings: Settings): void;
}

/** Random, and not `randomUUID`: that one is missing on http: pages. */
const frame = crypto.getRandomValues(new Uint32Array(4)).join('-');

export function startVideos(
  { settings, guard, site, look, partLoader, streamPort, signal }: FrameContext,
  makePanel: MakePanel,
  extras: Extras,
): Videos {
  const loadStreams = partLoader<FollowStream>('streams');
  /** The reader of the site's own notices, where there is one. */
  const loadNotices = noticeSiteOf(location.hostname) === null ? null : partLoader<WatchNotice>('sites');
  const loadPopupLine = partLoader<MakePopupLine>('rows');
  let popup: PopupLine | null = null;
  const client = engineClient();
  const saver = batterySaver();
  const surfaces = createSurfaces(
    () => tracker,
    settings(),
    guard,
    () => {
      popup?.changed();
    },
    makePanel,
    signal,
  );
  const tracker = createTracker({
    signal,
    client,
    settings,
    windows: saver.windows,
    followStream: (video, place, running, post) => {
      const port = streamPort();
      if (port == null || video.srcObject !== null) return;
      void loadStreams().then((follow) => follow?.(video, port, place, running, post));
    },
    mayStream: () => streamPort() !== null,
    place: async () => ({ site: await site(), origin: self.origin }),
    began: (element, running, tell) => {
      void loadNotices?.().then((watch) => watch?.(element, running, tell));
    },
    changed: (video) => {
      surfaces.changed(video);
      verdicts.changed();
      popup?.changed();
    },
    gone: (video) => {
      surfaces.gone(video);
      verdicts.changed();
      popup?.changed();
    },
    look: () => {
      if (look()) surfaces.look();
    },
  });
  const verdicts = verdictNews(frame, () => tracker.videos(), signal);
  const stopCalls = onFramesCall((caller) => {
    void loadPopupLine().then((make) => {
      if (make === null || signal.aborted) return;
      popup ??= make(tracker, frame, surfaces.areRemoved, surfaces.show, signal);
      popup.called(caller);
    });
  });
  const useExtras = ({ size, saver: saving }: Extras): void => {
    surfaces.setSize(size);
    void saver.set(saving);
  };
  useExtras(extras);
  surfaces.apply(settings());
  takeAsked((element) => {
    surfaces.open(tracker.insist(element));
  }, signal);
  onAbort(signal, () => {
    stopCalls();
    client.close();
  });
  return {
    add: tracker.add,
    sweep: tracker.sweep,
    apply: (next) => {
      surfaces.apply(next);
      void readExtras().then(useExtras);
    },
  };
}
