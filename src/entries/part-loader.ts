/** Gets a further part of the content script into this frame, once. Wiring only. */
import type { Part } from '../contract/messages';
import { openSlot } from '../page/slot';
import { isContextAlive } from '../platform/api';
import { send } from '../platform/messaging';

/** A background that has only just been started may not listen yet; on a busy machine it takes its time. */
const PAUSES_MS = [0, 500, 2_000, 8_000, 30_000];

const pause = (ms: number): Promise<void> =>
  new Promise((done) => {
    setTimeout(done, ms);
  });

/** Further scripts use the loader of the one that brought them in. @returns gives null where the part can't be had */
export type PartLoader = <T>(part: Part) => () => Promise<T | null>;

export const partLoader: PartLoader = <T>(part: Part) => {
  let slot: Promise<T> | null = null;
  let loading: Promise<T | null> | null = null;

  const load = async (): Promise<T | null> => {
    slot ??= openSlot<T>(part);
    for (const ms of PAUSES_MS) {
      if (ms > 0) await pause(ms);
      if (!isContextAlive()) return null;
      const answer = await send('frame.part', { part });
      if (answer?.injected === true) return await slot;
    }
    loading = null; // the next call asks again
    return null;
  };

  return () => (loading ??= load());
};
