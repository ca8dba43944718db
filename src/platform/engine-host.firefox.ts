/**
 * Firefox: the engine lives in the event page, which is ended 30 s after the last event even while
 * a job runs. A call of any extension API counts as an event.
 */
import { ownAnchors } from './anchors';
import { api } from './api';
import type { EngineHost, EngineLife, RunningEngine, StartEngine } from './engine-host';

const KEEP_ALIVE_MS = 8_000;

export function firefoxHost(start: StartEngine): EngineHost {
  let timer: ReturnType<typeof setInterval> | undefined;
  const life: EngineLife = {
    anchors: ownAnchors,
    jobs: (count) => {
      if (count === 0) {
        clearInterval(timer);
        timer = undefined;
      } else {
        timer ??= setInterval(() => {
          void api.runtime.getPlatformInfo();
        }, KEEP_ALIVE_MS);
      }
    },
  };
  let engine: RunningEngine = start(life);
  return {
    ensure: () => Promise.resolve(true),
    restart: () => {
      engine.stop();
      engine = start(life);
      return Promise.resolve();
    },
  };
}
