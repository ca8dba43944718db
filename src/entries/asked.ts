/**
 * Content script that the context menu brings in: has the one video labelled that the user asks for. Where Assay is
 * off, it treats that video by itself, until Assay is switched on there or the page goes. Wiring only.
 */
import { ASKED } from '../contract/messages';
import { ask } from '../page/asked';
import { namedVideo } from '../page/named-video';
import { onAbort } from '../page/on-abort';
import { eventGuard } from '../page/event-guard';
import { topSite, watchSwitch } from '../page/switch';
import type { SwitchState } from '../page/switch';
import { isContextAlive } from '../platform/api';
import { mountPanel } from './mount-panel';
import type { MakePanel } from './page-surfaces';
import { pageExtras } from './page-extras';
import { startVideos } from './page-videos';
import { partLoader } from './part-loader';

const makePanel: MakePanel = (root, layer, mark) => {
  const panel = mountPanel(root, layer);
  panel.setMark(mark);
  return panel;
};

async function startHere(): Promise<void> {
  const extras = await pageExtras();
  const stop = new AbortController();
  const guard = eventGuard();
  let latest: SwitchState | null = null;

  const begin = (): void => {
    guard.listen(true);
    startVideos(
      {
        settings: () => (latest as SwitchState).settings,
        guard,
        site: topSite,
        look: () => {
          const alive = isContextAlive();
          if (!alive) stop.abort();
          return alive;
        },
        partLoader,
        streamPort: () => undefined,
        signal: stop.signal,
      },
      makePanel,
      extras,
    );
  };

  const stopWatching = watchSwitch((state) => {
    const isFirst = latest === null;
    latest = state;
    if (state.on)
      stop.abort(); // from here on it is the work of the frame's own script
    else if (isFirst) begin();
  });
  onAbort(stop.signal, () => {
    guard.listen(false);
    stopWatching();
  });
}

const src = (globalThis as Record<symbol, unknown>)[Symbol.for(ASKED)];
const video = typeof src === 'string' ? namedVideo(src) : null;
if (video !== null && !ask(video)) void startHere();
