/** Content script of every frame. Wiring only. */
import { LIFE as NAME } from '../contract/messages';
import { scout } from '../page/scout';
import { isContextAlive } from '../platform/api';
import type { RunFrame } from './page-frame';
import { partLoader } from './part-loader';

/** A second injection into the same world leaves the first one at work, if that is still alive. */
const LIFE = Symbol.for(NAME);
const world = globalThis as { [LIFE]?: () => boolean };

function live(): () => boolean {
  let load: (() => Promise<RunFrame | null>) | null = null;
  let end: (() => void) | null = null;

  const bring = async (): Promise<void> => {
    load ??= partLoader<RunFrame>('videos');
    const runFrame = await load();
    if (runFrame !== null && isAlive()) end ??= runFrame(frame, isAlive, partLoader);
  };

  /** The extension was reloaded or removed: nothing of ours stays. */
  const isAlive = (): boolean => {
    const alive = isContextAlive();
    if (!alive && end !== null) end();
    else if (!alive) frame.pause();
    return alive;
  };

  const frame = scout(() => {
    if (isAlive()) bring().catch(() => undefined);
  });
  return isAlive;
}

if (world[LIFE]?.() !== true) world[LIFE] = live();
