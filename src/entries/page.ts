/** Content script of every frame: finds videos, has them labelled, shows the labels. Wiring only. */
import type { Settings } from '../contract/settings';
import { findVideos } from '../page/find';
import { awaitHook } from '../page/hook-handshake';
import { removeStaleHosts } from '../page/host';
import { popupLine } from '../page/popup-line';
import { topSite, watchSwitch } from '../page/switch';
import type { SwitchState } from '../page/switch';
import { createTracker } from '../page/tracker';
import { verdictNews } from '../page/verdicts';
import { isContextAlive } from '../platform/api';
import { engineClient } from '../platform/engine-client';
import { createSurfaces } from './page-surfaces';

/** Random, and not `randomUUID`: that one is missing on http: pages. */
const frame = Array.from(crypto.getRandomValues(new Uint32Array(4)), String).join('-');
const hook = awaitHook();

/** Everything that runs while Assay is on; it ends with its signal. */
interface Running {
  stop: AbortController;
  apply(settings: Settings): void;
}
let running: Running | null = null;
let latest: SwitchState | null = null;

function startVideos(signal: AbortSignal): { add(video: HTMLVideoElement): void; sweep(): void; apply(settings: Settings): void } {
  const settings = (): Settings => (latest as SwitchState).settings;
  const client = engineClient();
  const surfaces = createSurfaces(() => tracker, settings(), signal);
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
      if (isContextAlive()) surfaces.look();
      else end();
    },
  });
  const verdicts = verdictNews(frame, () => tracker.videos(), signal);
  const popup = popupLine(tracker, frame, surfaces.areRemoved, surfaces.show, signal);
  surfaces.apply(settings());
  signal.addEventListener('abort', () => { client.close(); });
  return { add: tracker.add, sweep: tracker.sweep, apply: surfaces.apply };
}

function start(): Running {
  const stop = new AbortController();
  const { signal } = stop;
  const waiting: HTMLVideoElement[] = [];
  let videos: ReturnType<typeof startVideos> | null = null;

  /** Only now is it worth asking where we are: most frames never have a video. */
  const first = async (): Promise<void> => {
    const { on } = await control.ask();
    if (!on || signal.aborted) return;
    videos = startVideos(signal);
    for (const video of waiting.splice(0)) videos.add(video);
  };

  hook()?.setActive(true);
  findVideos({
    signal,
    hook: hook(),
    found: (video) => {
      if (videos !== null) videos.add(video);
      else if (waiting.push(video) === 1) first().catch(() => undefined);
    },
    changed: () => videos?.sweep(),
  });
  return { stop, apply: (settings) => videos?.apply(settings) };
}

function halt(): void {
  running?.stop.abort();
  running = null;
}

/** The extension was reloaded or removed: nothing of ours stays. */
function end(): void {
  halt();
  hook()?.setActive(false);
  control.stop();
}

function follow(state: SwitchState): void {
  const before = latest;
  latest = state;
  if (!state.on) {
    halt();
    hook()?.setActive(false);
    hook()?.takeEarly();
    return;
  }
  // A job is opened with or without the estimate: a change of that begins all anew.
  if (running !== null && before !== null && before.settings.estimate !== state.settings.estimate) halt();
  running ??= start();
  running.apply(state.settings);
}

const control = watchSwitch(follow);
removeStaleHosts();
