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
export type LabelNews = Extract<FromEngine, { type: 'label' }>;

export interface JobListener {
  label(news: LabelNews): void;
  /** The engine can't be had, after several tries. */
  lost(): void;
}

export interface EngineClient {
  /** Opens a job; `open.job` is unique within this client. */
  open(open: Omit<Open, 'type' | 'known'>, listener: JobListener): void;
  post(message: Exclude<ToEngine, Open>): void;
  /** Ends one job; nothing more is heard of it. */
  cancel(job: string): void;
  /** Ends all jobs and the line. */
  close(): void;
}

/** A line that breaks this often under the same work counts as lost. */
const MAX_TRIES = 3;

interface Running {
  open: Open;
  listener: JobListener;
  tries: number;
  /** The engine forgot the job while nothing was to be done; the next message wakes it. */
  dormant: boolean;
  /** While the job is being opened; messages wait for it. */
  starting: Promise<void> | null;
  last: LabelNews | null;
}

export function engineClient(): EngineClient {
  const jobs = new Map<string, Running>();
  let port: Port<FromEngine, ToEngine> | null = null;
  let connecting: Promise<void> | null = null;

  const receive = (message: FromEngine): void => {
    if (message.type !== 'label') return;
    const job = jobs.get(message.job);
    if (job === undefined) return;
    job.last = message;
    if (message.settled) job.tries = 0;
    job.listener.label(message);
  };

  const giveUp = (id: string, job: Running): void => {
    jobs.delete(id);
    job.listener.lost();
  };

  /** Opens the line if need be, and the job on it; what the engine has read once it need not read again. */
  const open = async (id: string, job: Running): Promise<void> => {
    job.tries++;
    job.dormant = false;
    await line();
    if (jobs.get(id) !== job) return;
    if (port === null || job.tries > MAX_TRIES) {
      giveUp(id, job);
      return;
    }
    // A stream's pieces don't come twice: what was found of them is kept even if more were on their way.
    const keep = job.last?.settled === true || job.open.media.kind === 'stream';
    const known = keep && job.last !== null ? { ...job.last.label, anchors: job.last.anchors } : null;
    port.post({ ...job.open, known });
    // Pieces that were on their way to an engine that died are not proved by those that follow.
    if (job.open.media.kind === 'stream' && job.last?.settled === false) {
      port.post({ type: 'piece', job: id, piece: { init: null, bytes: null, offset_s: 0, missed: true, sources: [] } });
    }
  };

  const start = (id: string, job: Running): void => {
    const starting = open(id, job).finally(() => {
      if (job.starting === starting) job.starting = null;
    });
    job.starting = starting;
  };

  const lineClosed = (): void => {
    port = null;
    for (const [id, job] of jobs) {
      if (!isContextAlive()) giveUp(id, job);
      else if (job.last?.settled === true) job.dormant = true;
      else start(id, job);
    }
  };

  const line = async (): Promise<void> => {
    if (port !== null) return;
    connecting ??= (async () => {
      const answer = await send('engine.ensure', null);
      connecting = null;
      if (answer?.ready !== true || jobs.size === 0) return; // nobody is left to close it
      const fresh = connect<FromEngine, ToEngine>(ENGINE_PORT);
      fresh.onMessage(receive);
      fresh.onClose(() => {
        if (port === fresh) lineClosed();
      });
      port = fresh;
    })();
    await connecting;
  };

  return {
    open: (open, listener) => {
      const job: Running = {
        open: { type: 'open', known: null, ...open },
        listener,
        tries: 0,
        dormant: false,
        starting: null,
        last: null,
      };
      jobs.set(open.job, job);
      start(open.job, job);
    },
    post: (message) => {
      const job = jobs.get(message.job);
      if (job === undefined) return;
      if (message.type === 'notice') job.open.notice = message.notice; // a fresh engine has to know
      if (job.dormant) start(message.job, job);
      if (job.starting === null) port?.post(message);
      else {
        void job.starting.then(() => {
          port?.post(message);
        });
      }
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
