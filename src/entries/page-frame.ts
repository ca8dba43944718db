/** One frame's life: on and off as the switch says, gone when the extension goes. Wiring only. */
import type { Settings } from '../contract/settings';
import { findVideos } from '../page/find';
import { awaitHook } from '../page/hook-handshake';
import { keyGuard } from '../page/quiet-events';
import type { KeyGuard } from '../page/quiet-events';
import { topSite, watchSwitch } from '../page/switch';
import type { SwitchState } from '../page/switch';
import type { StartVideos, Videos } from '../page/videos';
import { isContextAlive } from '../platform/api';
import { partLoader } from './part-loader';

/** Everything that runs while Assay is on; it ends with its signal. */
interface Running {
  stop: AbortController;
  apply(settings: Settings): void;
}

function arm(): { stop: AbortController; keys: KeyGuard } {
  const stop = new AbortController();
  return { stop, keys: keyGuard(stop.signal) };
}

/** @param ended called when nothing of it is left */
export function runFrame(ended: () => void): void {
  const hook = awaitHook();
  const loadVideos = partLoader<StartVideos>('videos');
  let running: Running | null = null;
  /** What must be there before the page's own scripts, while the settings are still being read. */
  let early: ReturnType<typeof arm> | null = arm();
  let latest: SwitchState | null = null;
  /** Between two starts the hook was off, and roots went by unseen. */
  let hadStarted = false;

  function start(stop: AbortController, keys: KeyGuard): Running {
    const { signal } = stop;
    const waiting: HTMLVideoElement[] = [];
    let videos: Videos | null = null;

    /** Only now is it worth asking where we are: most frames never have a video. */
    const first = async (): Promise<void> => {
      const { on } = await control.ask();
      if (!on || signal.aborted) return;
      const startVideos = await loadVideos();
      if (startVideos === null || signal.aborted) return;
      videos = startVideos({
        settings: () => (latest as SwitchState).settings,
        keys,
        site: topSite,
        look,
        streamPort: hook()?.port ?? null,
        signal,
      });
      for (const video of waiting.splice(0)) videos.add(video);
    };

    hook()?.setActive(true);
    const again = hadStarted;
    hadStarted = true;
    findVideos({
      signal,
      hook: hook(),
      thorough: again || hook() === null,
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
    early?.stop.abort();
    early = null;
  }

  /** The extension was reloaded or removed: nothing of ours stays. */
  function end(): void {
    halt();
    hook()?.setActive(false);
    control.stop();
    ended();
  }

  function look(): boolean {
    const alive = isContextAlive();
    if (!alive) end();
    return alive;
  }

  function follow(state: SwitchState): void {
    const before = latest;
    latest = state;
    if (!state.on) {
      hadStarted = true;
      halt();
      hook()?.setActive(false);
      hook()?.takeEarly();
      return;
    }
    // A job is opened with or without the estimate: a change of that begins all anew.
    if (running !== null && before !== null && before.settings.estimate !== state.settings.estimate) halt();
    if (running === null) {
      const { stop, keys } = early ?? arm();
      early = null;
      running = start(stop, keys);
    }
    running.apply(state.settings);
  }

  const control = watchSwitch(follow);
}
