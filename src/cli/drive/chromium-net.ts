/** Sessions to every target of Chromium, workers included: the log of requests, and the workers' end. */
import type { Browser, CDPSession, Target } from 'puppeteer-core';
import type { LoggedRequest } from './driver';
import { within } from './within';

const CLOSED_MS = 500;

export interface NetLog {
  requests(): LoggedRequest[];
  errors(): string[];
  /** Ends dedicated workers whose script's address starts with this text. */
  killWorkers(prefix: string): Promise<number>;
  /** How many of them there have been. */
  workersSeen(prefix: string): number;
}

/**
 * No session on service workers: one with a session never ends. Requests that a service worker itself
 * sends are not in the log (the engine's are: it lives in a document).
 */
const AUTO_ATTACH = {
  autoAttach: true,
  flatten: true,
  waitForDebuggerOnStart: false,
  filter: [{ type: 'service_worker', exclude: true }, {}],
};

interface WorkerSession {
  url: string;
  session: CDPSession;
}

export function chromiumNet(browser: Browser, log: boolean): NetLog {
  const requests: LoggedRequest[] = [];
  const errors = new Set<string>();
  const seen = new Set<string>();
  const workers = new Set<WorkerSession>();
  const workersSeen = new Map<string, string>();

  const listen = async (session: CDPSession, from: string): Promise<void> => {
    session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      const child = session.connection()?.session(sessionId);
      if (child === null || child === undefined) return;
      if (targetInfo.type === 'worker') {
        const entry = { url: targetInfo.url, session: child };
        workers.add(entry);
        workersSeen.set(targetInfo.targetId, targetInfo.url);
        child.once('CDPSession.Disconnected' as never, () => workers.delete(entry));
      }
      void listen(child, targetInfo.url);
    });
    if (log) {
      session.on('Runtime.exceptionThrown', ({ timestamp, exceptionDetails: details }) => {
        const { text, exception, url = '', stackTrace } = details;
        const places = [url, ...(stackTrace?.callFrames ?? []).map((frame) => frame.url)];
        const words = exception?.description ?? '';
        if (![...places, words].some((place) => place.includes('chrome-extension://'))) return;
        errors.add(`${String(timestamp)} ${text} ${words}`);
      });
      session.on('Network.requestWillBeSent', ({ requestId, request, documentURL }) => {
        // The browser's own pages and the extension's own files are no requests to anybody.
        if (!/^(https?|wss?):/.test(request.url)) return;
        const key = `${requestId} ${request.url}`;
        if (seen.has(key)) return; // a target may be attached along two ways
        seen.add(key);
        requests.push({ url: request.url, method: request.method, from: documentURL || from });
      });
    }
    try {
      if (log) await Promise.all([session.send('Runtime.enable'), session.send('Network.enable')]);
      await session.send('Target.setAutoAttach', AUTO_ATTACH);
    } catch {
      // the target has gone, or has no network or children of its own
    }
  };

  const watch = (target: Target): void => {
    if (target.type() === 'service_worker') return;
    target.createCDPSession().then(
      (session) => listen(session, target.url()),
      () => undefined,
    );
  };
  browser.on('targetcreated', watch);
  for (const target of browser.targets()) watch(target);

  return {
    requests: () => [...requests],
    errors: () => [...errors],
    workersSeen: (prefix) => [...workersSeen.values()].filter((url) => url.startsWith(prefix)).length,
    killWorkers: async (prefix) => {
      const victims = [...workers].filter((worker) => worker.url.startsWith(prefix));
      await Promise.all(
        victims.map(async (worker) => {
          workers.delete(worker);
          // The answer never comes when the worker ends before it is sent.
          const answer = worker.session.send('Runtime.evaluate', { expression: 'self.close()' });
          await within(answer, CLOSED_MS).catch(() => undefined);
        }),
      );
      return new Set(victims.map((worker) => worker.session)).size;
    },
  };
}
