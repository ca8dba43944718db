/**
 * Content script that the context menu brings in: has the one video labelled that the user asks for. Where Assay is
 * off, it treats that video by itself, until Assay is switched on there or the page goes. Wiring only.
 */
import { ASKED } from '../contract/messages';
import { ask } from '../page/asked';
import { namedVideo } from '../page/named-video';
import { keyGuard } from '../page/quiet-events';
import { topSite, watchSwitch } from '../page/switch';
import type { SwitchState } from '../page/switch';
import { isContextAlive } from '../platform/api';
import { mountPanel } from './mount-panel';
import type { MakePanel } from './page-surfaces';
import { pageExtras } from './page-extras';
import { startVideos } from './page-videos';

const makePanel: MakePanel = (root, layer, mark) => {
  const panel = mountPanel(root, layer);
  panel.setMark(mark);
  return panel;
};

async function startHere(): Promise<void> {
  const stop = new AbortController();
  let latest: SwitchState | null = null;
  const control = watchSwitch((state) => {
    latest = state;
    if (state.on) stop.abort(); // from here on it is the work of the frame's own script
  });
  stop.signal.addEventListener('abort', () => {
    control.stop();
  });
  const [{ settings, on }, extras] = await Promise.all([control.ask(), pageExtras()]);
  if (on) {
    control.stop();
    return;
  }
  const look = (): boolean => {
    const alive = isContextAlive();
    if (!alive) stop.abort();
    return alive;
  };
  startVideos(
    {
      settings: () => latest?.settings ?? settings,
      keys: keyGuard(stop.signal),
      site: topSite,
      look,
      streamPort: null,
      signal: stop.signal,
    },
    makePanel,
    extras,
  );
}

const src = (globalThis as Record<symbol, unknown>)[Symbol.for(ASKED)];
const video = typeof src === 'string' ? namedVideo(src) : null;
if (video !== null && !ask(video)) void startHere();
