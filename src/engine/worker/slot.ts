/**
 * A place for one worker: started by the first call, watched while calls run, replaced when it
 * dies or hangs, ended when idle. A worker that was ended from outside sends no event, hence pings.
 */
import type { CallName, Calls, FromWorker, ToWorker } from './protocol';

/** The part of `Worker` that is used. */
export interface WorkerLike {
  postMessage(message: ToWorker): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<FromWorker>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

export interface SlotTimes {
  /** Between two pings, while calls run. */
  pingMs: number;
  /** A worker that is silent for longer (beyond what it announced) counts as dead. */
  silenceMs: number;
  /** The same between the long steps of a call that has announced some. */
  busySilenceMs: number;
  /** An idle worker is ended after this time. */
  idleMs: number;
}
/**
 * A killed worker is noticed after at most 2 + 8 s, so that a second try still fits in 15 s.
 * The first seconds of a worker's life are silent too: a module of some MB has to be compiled.
 */
export const SLOT_TIMES: SlotTimes = { pingMs: 2_000, silenceMs: 5_000, busySilenceMs: 8_000, idleMs: 30_000 };

/**
 * How many deaths a call outlives: one that it may have been the cause of, and more that another call was. A file made to
 * hang the verifier must not take those of all other pages with it.
 */
const ENDURES = 6;
const OWN_DEATH = 3;

/** The worker died twice under a call, or could not be started. */
export class WorkerLost extends Error {}
/** The caller's signal ended the call. */
export class CallAborted extends Error {}

interface Pending {
  name: CallName;
  input: unknown;
  /** What the deaths of workers under it have used up. */
  used: number;
  onEvent: ((event: unknown) => void) | null;
  resolve(out: unknown): void;
  reject(error: Error): void;
}

export interface WorkerSlot {
  /**
   * @throws {CallAborted} when `signal` fires
   * @throws {WorkerLost} when two workers died under this call, or more under others beside it
   * @throws {Error} what the worker said of a failed call
   */
  call<N extends CallName>(
    name: N,
    input: Calls[N]['in'],
    options: { signal: AbortSignal; onEvent?: (event: Calls[N]['event']) => void },
  ): Promise<Calls[N]['out']>;
  /** Whether there is a worker at the moment. */
  isRunning(): boolean;
  /** Ends the worker for good: all calls are lost, those to come as well. */
  close(): void;
}

/** @param start makes a new worker */
export function workerSlot(start: () => WorkerLike, times: SlotTimes = SLOT_TIMES): WorkerSlot {
  const pending = new Map<number, Pending>();
  let worker: WorkerLike | null = null;
  let nextId = 1;
  let deafUntil = 0;
  let lastHeard = 0;
  let lastWatched = 0;
  let busy = false;
  /** The call that has announced the last long step; null when none is under way. */
  let suspect: number | null = null;
  let worn = false;
  let closed = false;
  let pingTimer: ReturnType<typeof setInterval> | undefined;
  let idleTimer: ReturnType<typeof setTimeout> | undefined;

  const end = (): void => {
    clearInterval(pingTimer);
    clearTimeout(idleTimer);
    worker?.terminate();
    worker = null;
    worn = busy = false;
    suspect = null;
  };

  const settle = (id: number): Pending | undefined => {
    const call = pending.get(id);
    if (call === undefined) return undefined; // answered or aborted before
    pending.delete(id);
    if (pending.size === 0 && worker !== null) {
      clearInterval(pingTimer);
      clearTimeout(idleTimer);
      if (worn) end();
      else idleTimer = setTimeout(end, times.idleMs);
    }
    return call;
  };

  const receive = (message: FromWorker): void => {
    lastHeard = Date.now();
    switch (message.type) {
      case 'event':
        pending.get(message.id)?.onEvent?.(message.event);
        break;
      case 'done':
        settle(message.id)?.resolve(message.out);
        break;
      case 'failed':
        settle(message.id)?.reject(new Error(message.message));
        break;
      case 'busy':
        busy = true;
        suspect = message.id;
        deafUntil = Date.now() + message.forMs;
        break;
      case 'worn':
        worn = true;
        break;
      case 'ready':
        busy = false;
        suspect = null;
        deafUntil = 0;
        break;
      case 'pong':
        deafUntil = 0;
        break;
    }
  };

  const ensure = (): WorkerLike => {
    clearTimeout(idleTimer);
    if (worker !== null) return worker;
    const fresh = start();
    fresh.onmessage = ({ data }) => {
      if (worker === fresh) receive(data);
    };
    fresh.onerror = () => {
      if (worker === fresh) replace();
    };
    worker = fresh;
    lastHeard = Date.now();
    deafUntil = Date.now() + times.silenceMs;
    return fresh;
  };

  const post = (id: number, call: Pending): void => {
    const target = ensure();
    // An idle worker had no reason to be heard of: its silence counts from now.
    if (pending.size === 1) lastHeard = Date.now();
    clearInterval(pingTimer);
    lastWatched = Date.now();
    pingTimer = setInterval(watch, times.pingMs);
    target.postMessage({ type: 'call', id, name: call.name, input: call.input });
  };

  /** Ends a dead worker; each running call gets another try. */
  const replace = (): void => {
    const isKnown = suspect !== null && pending.has(suspect);
    const cause = isKnown ? suspect : null;
    end();
    const calls = [...pending];
    for (const [id, call] of calls) {
      call.used += cause === null || cause === id ? OWN_DEATH : 1;
      if (call.used < ENDURES) {
        post(id, call);
        continue;
      }
      pending.delete(id);
      call.reject(new WorkerLost('workers died under it'));
    }
  };

  const watch = (): void => {
    const now = Date.now();
    // We were silent ourselves: the machine slept, or has so much to do that a worker can't be blamed for it.
    if (now - lastWatched > 2 * times.pingMs) lastHeard = now;
    lastWatched = now;
    const silenceMs = busy ? times.busySilenceMs : times.silenceMs;
    if (now - lastHeard > silenceMs && now > deafUntil) replace();
    else worker?.postMessage({ type: 'ping' });
  };

  const abort = (id: number): void => {
    const call = settle(id);
    if (call === undefined) return;
    if (pending.size === 0 && Date.now() < deafUntil) end();
    else worker?.postMessage({ type: 'abort', id });
    call.reject(new CallAborted('aborted'));
  };

  return {
    call: (name, input, { signal, onEvent }) =>
      new Promise((resolve, reject) => {
        if (signal.aborted || closed) {
          reject(signal.aborted ? new CallAborted('aborted') : new WorkerLost('closed'));
          return;
        }
        const id = nextId++;
        const stop = (): void => {
          abort(id);
        };
        /** A job lives on after its calls: what they were about must not be held by its signal. */
        const last = <T>(settled: (value: T) => void): ((value: T) => void) => {
          return (value) => {
            signal.removeEventListener('abort', stop);
            settled(value);
          };
        };
        const call: Pending = {
          name,
          input,
          used: 0,
          onEvent: (onEvent as ((event: unknown) => void) | undefined) ?? null,
          resolve: last(resolve as (out: unknown) => void),
          reject: last(reject),
        };
        pending.set(id, call);
        signal.addEventListener('abort', stop);
        post(id, call);
      }),
    isRunning: () => worker !== null,
    close: () => {
      closed = true;
      end();
      for (const call of pending.values()) call.reject(new WorkerLost('closed'));
      pending.clear();
    },
  };
}
