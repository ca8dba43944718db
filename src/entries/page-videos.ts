/** Wires the videos of a frame: their jobs, their surfaces, the toolbar and the popup. Wiring only. */
import type { Settings } from '../contract/settings';
import { popupLine } from '../page/popup-line';
import type { KeyGuard } from '../page/quiet-events';
import { topSite } from '../page/switch';
import { createTracker } from '../page/tracker';
import { verdictNews } from '../page/verdicts';
import { engineClient } from '../platform/engine-client';
import { createSurfaces } from './page-surfaces';

/** Random, and not `randomUUID`: that one is missing on http: pages. */
const frame = crypto.getRandomValues(new Uint32Array(4)).join('-');

export interface Videos {
  add(video: HTMLVideoElement): void;
  /** Nodes came or went. */
  sweep(): void;
  apply(settings: Settings): void;
}

/** @param look called twice a second while there are videos; answers whether all is well */
export function startVideos(
  settings: () => Settings,
  keys: KeyGuard,
  look: () => boolean,
  signal: AbortSignal,
): Videos {
  const client = engineClient();
  const surfaces = createSurfaces(
    () => tracker,
    settings(),
    keys,
    () => {
      popup.changed();
    },
    signal,
  );
  const tracker = createTracker({
    signal,
    client,
    settings,
    place: async () => ({ site: await topSite(), origin: self.origin }),
    changed: (video) => {
      surfaces.changed(video);
      verdicts.changed();
      popup.changed();
    },
    gone: (video) => {
      surfaces.gone(video);
      verdicts.changed();
      popup.changed();
    },
    look: () => {
      if (look()) surfaces.look();
    },
  });
  const verdicts = verdictNews(frame, () => tracker.videos(), signal);
  const popup = popupLine(tracker, frame, surfaces.areRemoved, surfaces.show, signal);
  surfaces.apply(settings());
  signal.addEventListener('abort', () => {
    client.close();
  });
  return { add: tracker.add, sweep: tracker.sweep, apply: surfaces.apply };
}
