/** Where the engine lives: Chrome's offscreen document, Firefox's event page. One interface for both. */
import type { OwnAnchors } from '../contract/anchors';
import { chromeHost } from './engine-host.chrome';
import { firefoxHost } from './engine-host.firefox';

/** Set by the build; named here (not by way of `api`) so that the other browser's host is left out of the package. */
declare const __BROWSER__: 'chrome' | 'firefox';

export interface EngineHost {
  /** Makes sure that ports to the engine can be opened. Answers whether it is there. */
  ensure(): Promise<boolean>;
  /** Ends the engine with all its workers; open ports close, the next `ensure` starts a fresh one. */
  restart(): Promise<void>;
}

/** What the engine gives its host: it must be able to end. */
export interface RunningEngine {
  stop(): void;
}

/** What the host gives the engine. */
export interface EngineLife {
  /** Anchors of the user's and the organisation's own. Asked once in an engine's life: a change starts a new one. */
  anchors(): Promise<OwnAnchors>;
  /** Tells the host how many jobs run, so that it stays alive for them and may end without. */
  jobs(count: number): void;
}

export type StartEngine = (life: EngineLife) => RunningEngine;

/** @param start starts the engine in this very context (used where the background can hold it) */
export function engineHost(start: StartEngine): EngineHost {
  return __BROWSER__ === 'firefox' ? firefoxHost(start) : chromeHost();
}
