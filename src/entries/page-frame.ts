/** One frame with a video: on and off as the switch says. Wiring only. */
import type { Extras } from '../contract/extras';
import { findVideos } from '../page/find';
import { removeStaleHosts } from '../page/host';
import { onTrusted } from '../page/on-trusted';
import type { Scout } from '../page/scout';
import { topSite, watchSwitch } from '../page/switch';
import type { SwitchState } from '../page/switch';
import { lazyPanel } from './lazy-panel';
import { startVideos } from './page-videos';
import type { PartLoader } from './part-loader';
import type { Videos } from './page-videos';

/**
 * @param isAlive ends all, once the extension was reloaded or removed
 * @returns ends all
 */
export type RunFrame = (scout: Scout, isAlive: () => boolean, partLoader: PartLoader) => () => void;

/** Everything that runs while Assay is on; it ends with its signal. */
interface Running {
  stop: AbortController;
  videos: Videos;
}

/** @param extras the further settings when the script came */
export const frameRunner =
  (extras: Extras): RunFrame =>
  (scout, isAlive, partLoader) => {
    const makePanel = lazyPanel(partLoader);
    let running: Running | null = null;
    let latest: SwitchState | null = null;
    let paused = false;

    function start(): Running {
      const stop = new AbortController();
      const videos = startVideos(
        {
          settings: () => (latest as SwitchState).settings,
          guard: scout.guard,
          site: topSite,
          look: isAlive,
          partLoader,
          streamPort: () => scout.hook()?.port(),
          signal: stop.signal,
        },
        makePanel,
        extras,
      );
      scout.follow(findVideos(videos.add, videos.sweep));
      onTrusted(window, 'pagehide', stop.signal, leave);
      return { stop, videos };
    }

    /** A page that is left may be shown again as it was: by then its line to the engine is cut, and nobody tells. */
    function leave(): void {
      halt();
      const shown = new AbortController();
      onTrusted(window, 'pageshow', shown.signal, () => {
        shown.abort();
        follow(latest as SwitchState);
      });
    }

    function halt(): void {
      running?.stop.abort();
      running = null;
      scout.follow(() => undefined);
    }

    function pause(now: boolean): void {
      if (paused === now) return;
      paused = now;
      scout.hook()?.setActive(!now);
      if (now) scout.pause();
      else scout.resume();
    }

    function follow(state: SwitchState): void {
      const before = latest;
      latest = state;
      // A job is opened with or without the estimate: a change of that begins all anew.
      if (!state.on || (before !== null && before.settings.estimate !== state.settings.estimate)) halt();
      pause(!state.on);
      if (!state.on) return;
      running ??= start();
      running.videos.apply(state.settings);
    }

    // A script that has been there since the page began can't have left any; what looks like one is the page's.
    if (scout.hook() === null) removeStaleHosts();
    const stopWatching = watchSwitch(follow);
    return () => {
      halt();
      pause(true);
      stopWatching();
    };
  };
