/**
 * A context's line to the engine: one port for all its jobs. When the engine ends under it (an
 * event page's death, an update, a restart), the line is opened anew and unfinished jobs start again.
 */
import { ENGINE_PORT } from '../contract/messages';
import type { FromEngine, ToEngine } from '../contract/messages';
import type { Port } from '../contract/port';
import { isContextAlive } from './api';
import { connect, send } from './messaging';

type Open = Extract<ToEngine, { type: 'open' }>;
type LabelNews = Extract<FromEngine, { type: 'label' }>;

export interface JobListener {
  label(news: LabelNews): void;
  /** The engine can't be had, after several tries. */
  lost(): void;
}

export interface EngineClient {
  /** Opens a job; `open.job` is unique within this client. */
  open(open: Omit<Open, 'type'>, listener: JobListener): void;
  post(message: Exclude<ToEngine, Open>): void;
  /** Ends one job; nothing more is heard of it. */
  cancel(job: string): void;
  /** Ends all jobs and the line. */
  close(): void;
}

/** A line that breaks this often under the same job counts as lost. */
const MAX_TRIES = 3;

interface Running {
  open: Open;
  listener: JobListener;
  tries: number;
  settled: boolean;
}

export function engineClient(): EngineClient {
  const jobs = new Map<string, Running>();
  let port: Port<FromEngine, ToEngine> | null = null;
  let connecting: Promise<void> | null = null;

  const receive = (message: FromEngine): void => {
    if (message.type !== 'label') return;
    const job = jobs.get(message.job);
    if (job === undefined) return;
    job.settled = message.settled;
    job.listener.label(message);
  };

  const start = (job: Running): void => {
    job.tries++;
    port?.post(job.open);
  };

  const giveUp = (id: string, job: Running): void => {
    jobs.delete(id);
    job.listener.lost();
  };

  const reopen = (): void => {
    port = null;
    for (const [id, job] of jobs) {
      if (job.settled && job.open.frames !== 'page') continue;
      if (job.tries >= MAX_TRIES || !isContextAlive()) giveUp(id, job);
      else void line().then(() => {
        if (jobs.get(id) === job) start(job);
      });
    }
  };

  const line = async (): Promise<void> => {
    if (port !== null) return;
    connecting ??= (async () => {
      const answer = await send('engine.ensure', null);
      if (answer?.ready !== true) return;
      const fresh = connect<FromEngine, ToEngine>(ENGINE_PORT);
      fresh.onMessage(receive);
      fresh.onClose(() => {
        if (port === fresh) reopen();
      });
      port = fresh;
    })().finally(() => {
      connecting = null;
    });
    await connecting;
  };

  return {
    open: (open, listener) => {
      const job: Running = { open: { type: 'open', ...open }, listener, tries: 0, settled: false };
      jobs.set(open.job, job);
      void line().then(() => {
        if (jobs.get(open.job) !== job) return;
        if (port === null) giveUp(open.job, job);
        else start(job);
      });
    },
    post: (message) => {
      if (jobs.has(message.job)) port?.post(message);
    },
    cancel: (job) => {
      if (jobs.delete(job)) port?.post({ type: 'cancel', job });
    },
    close: () => {
      jobs.clear();
      port?.close();
      port = null;
    },
  };
}
