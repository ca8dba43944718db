/** The worker's end: runs calls, passes events and aborts. */
import { NetworkFailure } from '../network/failure';
import type { CallName, Calls, FromWorker, ToWorker } from './protocol';

export interface CallContext<N extends CallName> {
  signal: AbortSignal;
  event(event: Calls[N]['event']): void;
  /** To be called before a synchronous step that may take long. */
  busy(forMs: number): void;
  /** To be called when that step is over before the call is. */
  ready(): void;
  /** To be called after a step whose memory doesn't come back, or that leaves the worker unfit for the next one. */
  worn(): void;
}
export type CallHandlers = {
  [N in CallName]?: (input: Calls[N]['in'], context: CallContext<N>) => Promise<Calls[N]['out']>;
};
type AnyHandler = (input: unknown, context: CallContext<CallName>) => Promise<unknown>;

/** The part of a worker's global scope that is used. */
export interface WorkerScope {
  postMessage(message: FromWorker): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<ToWorker>) => void): void;
}

/** Answers calls with the given handlers, until the worker is ended. */
export function serveCalls(scope: WorkerScope, handlers: CallHandlers): void {
  const running = new Map<number, AbortController>();
  /** Calls that have announced long steps. */
  const busy = new Set<number>();

  const ready = (id: number): void => {
    busy.delete(id);
    if (busy.size === 0) scope.postMessage({ type: 'ready' });
  };

  const run = async (id: number, name: CallName, input: unknown): Promise<void> => {
    const controller = new AbortController();
    running.set(id, controller);
    const context: CallContext<CallName> = {
      signal: controller.signal,
      event: (event) => {
        scope.postMessage({ type: 'event', id, event });
      },
      busy: (forMs) => {
        busy.add(id);
        scope.postMessage({ type: 'busy', id, forMs });
      },
      ready: () => {
        ready(id);
      },
      worn: () => {
        scope.postMessage({ type: 'worn' });
      },
    };
    try {
      const handler = handlers[name] as AnyHandler | undefined;
      if (handler === undefined) throw new Error(`no handler for ${name}`);
      scope.postMessage({ type: 'done', id, out: await handler(input, context) });
    } catch (error) {
      if (error instanceof NetworkFailure) context.worn();
      scope.postMessage({ type: 'failed', id, message: String(error) });
    } finally {
      running.delete(id);
      ready(id);
    }
  };

  scope.addEventListener('message', ({ data }) => {
    if (data.type === 'ping') scope.postMessage({ type: 'pong' });
    else if (data.type === 'abort') running.get(data.id)?.abort();
    else void run(data.id, data.name, data.input);
  });
}
