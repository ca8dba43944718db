/** What the page's own data says at this address: asked for through the background, a few times at most. */
import { send } from '../../platform/messaging';
import { parse } from './json';

/** Data may come after the video; asking wakes the background. */
const MAX_ASKS = 2;
const APART_MS = 2_000;

export interface PageAnswer {
  /** What is known for the address; null where there is nothing, undefined before. */
  at(address: string): unknown;
  /** Asks once more, if that may still help. */
  ask(address: string): void;
}

/** @param came called when there is an answer */
export function pageAnswer(came: () => void): PageAnswer {
  let address = '';
  let asks = 0;
  let asked_ms = -Infinity;
  let data: unknown;

  return {
    at: (wanted) => (wanted === address ? data : undefined),
    ask: (wanted) => {
      if (wanted !== address) {
        address = wanted;
        asks = 0;
        asked_ms = -Infinity;
        data = undefined;
      }
      const now = performance.now();
      if (asks >= MAX_ASKS || now - asked_ms < APART_MS) return;
      asks++;
      asked_ms = now;
      void send('site.data', null).then((answer) => {
        if (wanted !== address) return;
        data = parse(answer?.json ?? null);
        came();
      });
    },
  };
}
