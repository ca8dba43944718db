/** Wires the videos of a frame: their jobs, their surfaces, the toolbar and the popup. Wiring only. */
import type { Extras } from '../contract/extras';
import { takeAsked } from '../page/asked';
import { batterySaver } from '../page/saver';
import { popupLine } from '../page/popup-line';
import { createTracker } from '../page/tracker';
import { verdictNews } from '../page/verdicts';
import type { FrameContext, Videos } from '../page/videos';
import { engineClient } from '../platform/engine-client';
import { readExtras } from '../platform/storage';
import { createSurfaces } from './page-surfaces';
import type { MakePanel } from './page-surfaces';

/** Random, and not `randomUUID`: that one is missing on http: pages. */
const frame = crypto.getRandomValues(new Uint32Array(4)).join('-');

export function startVideos(
  { settings, keys, site, look, streamPort, signal }: FrameContext,
  makePanel: MakePanel,
  extras: Extras,
): Videos {
  const client = engineClient();
  const saver = batterySaver();
  const surfaces = createSurfaces(
    () => tracker,
    settings(),
    keys,
    () => {
      popup.changed();
    },
    makePanel,
    signal,
  );
  const tracker = createTracker({
    signal,
    client,
    settings,
    windows: saver.windows,
    streamPort,
    place: async () => ({ site: await site(), origin: self.origin }),
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
  const useExtras = ({ size, saver: saving }: Extras): void => {
    surfaces.setSize(size);
    void saver.set(saving);
  };
  useExtras(extras);
  surfaces.apply(settings());
  takeAsked((element) => {
    surfaces.open(tracker.insist(element));
  }, signal);
  signal.addEventListener('abort', () => {
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
