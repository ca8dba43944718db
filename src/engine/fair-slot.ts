/**
 * A worker serves many pages and takes calls in the order in which they come: a page with a thousand videos would have
 * all others wait. So only some of a page's calls are there at a time, and the rest wait here.
 */
import pLimit from 'p-limit';
import type { LimitFunction } from 'p-limit';
import type { CallName } from './worker/protocol';
import type { WorkerSlot } from './worker/slot';

/** Calls of one page that are with the worker at a time; none for those that take no time. */
const AT_A_TIME: Partial<Record<CallName, number>> = {
  // Most of a read is waiting: for servers, and some never answer.
  read: 24,
  frames: 8,
  decode: 2,
  marks: 2,
};

function fairSlot(slot: WorkerSlot): WorkerSlot {
  const turns = new Map(
    Object.entries(AT_A_TIME).map(([name, count]): [string, LimitFunction] => [name, pLimit(count)]),
  );
  return {
    ...slot,
    call: (name, input, options) => {
      const inTurn = turns.get(name);
      const now = (): ReturnType<typeof slot.call<typeof name>> => slot.call(name, input, options);
      return inTurn === undefined ? now() : inTurn(now);
    },
  };
}

/** Gives each page its share of a worker; all frames of a page have one together. */
export interface FairSlots {
  /** @param page the same for all frames of a page */
  enter(page: unknown): WorkerSlot;
  /** One of its frames has gone. */
  leave(page: unknown): void;
}

/** @param slot a worker that other pages use as well */
export function fairSlots(slot: WorkerSlot): FairSlots {
  const pages = new Map<unknown, { share: WorkerSlot; frames: number }>();
  return {
    enter: (page) => {
      const known = pages.get(page) ?? { share: fairSlot(slot), frames: 0 };
      known.frames++;
      pages.set(page, known);
      return known.share;
    },
    leave: (page) => {
      const known = pages.get(page);
      if (known !== undefined && --known.frames === 0) pages.delete(page);
    },
  };
}
