/**
 * One way to drive both browsers: the command line and the tests open tabs, evaluate, click and
 * take pictures through this interface, with the built extension loaded.
 */

export type BrowserName = 'chromium' | 'firefox';

export interface LaunchOptions {
  /** Absolute path of the unpacked extension (`dist/chrome`, `dist/firefox`). */
  extension: string;
  headless: boolean;
  /** Keep a log of all requests of the browser (`requests()`). */
  log?: boolean;
  /** Language of the browser's own texts and of `_locales`, e.g. `de`. */
  language?: string;
  /** Takes a certificate whoever has signed it: for servers of tests. */
  anyCertificate?: boolean;
  /** Further preferences (Firefox) and arguments (Chromium). */
  prefs?: Record<string, string | number | boolean>;
  args?: string[];
}

/** A request as the browser sent it. */
export interface LoggedRequest {
  url: string;
  method: string;
  /** What sent it, as far as the browser tells: the page or extension address; '' when unknown. */
  from: string;
}

/** Time that scripts of one address took on a page's main thread. */
export interface ScriptTime {
  total_ms: number;
  /** The longest time without a pause. */
  longest_ms: number;
  /** How long was looked on. */
  all_ms: number;
}

export interface ViewportOptions {
  dark?: boolean;
  /** Colours of the system in place of all others (high contrast), until set back. */
  forcedColours?: boolean;
  /** The user wants little motion, until set back. */
  calm?: boolean;
}

/** A function that runs in the page, or the source text of an expression or function. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type PageCode<T> = string | ((...args: any[]) => T | Promise<T>);

export interface Tab {
  /**
   * Opens an address and waits until its document is parsed (`interactive`) or loaded.
   * @throws {Late} after the time limit
   */
  goto(url: string, wait?: 'interactive' | 'load', timeoutMs?: number): Promise<void>;
  /**
   * Runs code in the page with a user gesture; waits for promises. Arguments and result are JSON.
   * A text with arguments is taken as a function, a text without as an expression.
   */
  evaluate<T>(code: PageCode<T>, ...args: unknown[]): Promise<T>;
  /** Runs an expression in every frame; those that don't answer are left out. */
  inFrames<T>(expression: string): Promise<T[]>;
  /** Runs a function with the shadow root, open or closed, of the first element that matches. */
  inShadow<T>(host: string, code: PageCode<T>, ...args: unknown[]): Promise<T>;
  /** Evaluates again and again until the result is truthy; fails after the time limit. */
  waitFor<T>(code: PageCode<T>, options?: { timeoutMs?: number; args?: unknown[] }): Promise<T>;
  /** A real (trusted) click, in CSS pixels of the viewport. */
  click(x: number, y: number): Promise<void>;
  /** Moves the pointer. */
  hover(x: number, y: number): Promise<void>;
  /** One key by its `KeyboardEvent.key` name: `Enter`, `Tab`, `Escape`, `a`. */
  press(key: string): Promise<void>;
  /** PNG of the viewport. */
  screenshot(): Promise<Buffer>;
  setViewport(width: number, height: number, options?: ViewportOptions): Promise<void>;
  url(): Promise<string>;
  /** Events that content scripts of extensions listen to on what the expression gives; null where nobody can tell. */
  listeners(expression: string): Promise<string[] | null>;
  /** Processor time that the page's main thread has used, in milliseconds. */
  mainThread_ms(): Promise<number>;
  /** Runs code, and tells how long scripts whose address starts with a text took meanwhile; null where nobody can tell. */
  profile(code: string, prefix: string): Promise<ScriptTime | null>;
  /** Makes this the active tab. */
  activate(): Promise<void>;
  close(): Promise<void>;
}

export interface BrowserDriver {
  readonly name: BrowserName;
  /** As in `156.0.8078.79`. */
  readonly version: string;
  /** Resolves when the browser has gone, for whatever reason. */
  readonly closed: Promise<void>;
  /** In a window of its own, a page stays visible while others are opened. */
  openTab(url?: string, options?: { window?: boolean }): Promise<Tab>;
  /** Tabs whose address starts with this text. */
  findTabs(prefix: string): Promise<Tab[]>;
  /** Address of a file of the extension. */
  extensionUrl(path: string): string;
  /** All requests so far (with `log` only). */
  requests(): Promise<LoggedRequest[]>;
  /** Errors that scripts of the extension have thrown so far (with `log` only). */
  errors(): Promise<string[]>;
  /**
   * Chooses an item of the extension's context menu, as if it had been opened on something of the active tab.
   * @param info what the browser would tell of it: `menuItemId`, `srcUrl`, `linkUrl`, `frameId`
   */
  chooseMenu(info: Record<string, string | number>): Promise<void>;
  /** Ends the service worker or the event page, as the browser does when it is idle. */
  stopBackground(): Promise<void>;
  /** To be called before the job under test: lets `killWorkers` and `workersSeen` find the workers. */
  watchWorkers(): Promise<void>;
  /** Ends the engine's workers under their jobs. Returns how many there were. */
  killWorkers(): Promise<number>;
  /** How many workers the engine has started so far. */
  workersSeen(): Promise<number>;
  /** Reloads the extension, as an update does. */
  reloadExtension(): Promise<void>;
  close(): Promise<void>;
}

/** A browser that could not be started, or not as it was asked for, in one sentence for people. */
export class LaunchError extends Error {}
