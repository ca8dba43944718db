/**
 * Chrome: the engine is an offscreen document (a service worker can't start workers). It outlives
 * the service worker, and two callers may ask for it at once: only one document is allowed.
 */
import type { OwnAnchors } from '../contract/anchors';
import type { EngineHost, EngineLife, StartEngine } from './engine-host';
import { send } from './messaging';

interface OffscreenApi {
  createDocument(options: { url: string; reasons: string[]; justification: string }): Promise<void>;
  closeDocument(): Promise<void>;
  hasDocument(): Promise<boolean>;
}
declare const chrome: { offscreen: OffscreenApi };

/** An engine without jobs closes itself after this time, and gives its memory back. */
const IDLE_MS = 55_000;

export function chromeHost(): EngineHost {
  let creating: Promise<boolean> | null = null;

  const create = async (): Promise<boolean> => {
    if (await chrome.offscreen.hasDocument()) return true;
    try {
      await chrome.offscreen.createDocument({
        url: 'engine.html',
        reasons: ['WORKERS', 'BLOBS'],
        justification: 'Runs the workers that verify credentials and look at frames of videos.',
      });
      return true;
    } catch {
      return await chrome.offscreen.hasDocument(); // somebody else's call came first
    }
  };

  return {
    ensure: async () => {
      creating ??= create().finally(() => {
        creating = null;
      });
      return await creating;
    },
    restart: async () => {
      if (await chrome.offscreen.hasDocument()) await chrome.offscreen.closeDocument();
    },
  };
}

/** An offscreen document can't read storage: the service worker does it. */
async function askForAnchors(): Promise<OwnAnchors> {
  const answer = await send('engine.anchors', null);
  if (answer === null) throw new Error('nobody knows the anchors');
  return answer;
}

/** Runs in the offscreen document: starts the engine and closes the document when it was idle for long. */
export function hostEngineHere(start: StartEngine): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const life: EngineLife = {
    anchors: askForAnchors,
    jobs: (count) => {
      clearTimeout(timer);
      if (count === 0) {
        timer = setTimeout(() => {
          engine.stop();
          window.close();
        }, IDLE_MS);
      }
    },
  };
  const engine = start(life);
  life.jobs(0);
}
