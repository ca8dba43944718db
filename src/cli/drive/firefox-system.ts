/** Firefox's own, privileged scope: what no page and no extension may do, tests need now and then. */
import type { Bidi } from './bidi';
import type { LoggedRequest } from './driver';
import type { Wish } from './media-features';

interface Tree {
  contexts: { context: string }[];
}
interface Evaluated {
  type: string;
  result?: { value?: unknown };
  exceptionDetails?: { text: string };
}

/** Preferences behind the user's wishes: name, value if so, value if not. */
const PREFS: Record<Wish, [pref: string, yes: number, no: number]> = {
  dark: ['layout.css.prefers-color-scheme.content-override', 0, 1],
  forcedColours: ['browser.display.document_color_use', 2, 0],
  calm: ['ui.prefersReducedMotion', 1, 0],
};

export interface FirefoxSystem {
  evaluate<T>(expression: string): Promise<T>;
  startLog(): Promise<void>;
  requests(): Promise<LoggedRequest[]>;
  /** Errors of scripts whose address starts with this text. */
  errors(prefix: string): Promise<string[]>;
  /** Processor time of the main thread of the process that shows this address. */
  mainThread_ms(url: string): Promise<number>;
  stopBackground(geckoId: string): Promise<void>;
  setWish(wish: Wish, wanted: boolean): Promise<void>;
  chooseMenu(geckoId: string, info: Record<string, string | number>): Promise<void>;
}

const LOG = `(() => {
  const log = (globalThis.assayLog = []);
  globalThis.assayObserver = { observe(subject) {
    const channel = subject.QueryInterface(Ci.nsIHttpChannel);
    const info = channel.loadInfo;
    const from = info?.loadingPrincipal?.spec ?? info?.triggeringPrincipal?.spec ?? '';
    log.push({ url: channel.URI.spec, method: channel.requestMethod, from });
  } };
  Services.obs.addObserver(globalThis.assayObserver, 'http-on-modify-request');
  return null;
})()`;

export function firefoxSystem(bidi: Bidi): FirefoxSystem {
  const evaluate = async <T>(expression: string): Promise<T> => {
    const { contexts } = await bidi.send<Tree>('browsingContext.getTree', { 'moz:scope': 'chrome', maxDepth: 0 });
    const context = contexts[0]?.context;
    const answer = await bidi.send<Evaluated>('script.evaluate', {
      expression: `(async () => JSON.stringify((await (${expression})) ?? null))()`,
      target: { context },
      awaitPromise: true,
    });
    if (answer.type === 'exception') throw new Error(answer.exceptionDetails?.text ?? 'exception');
    return JSON.parse(answer.result?.value as string) as T;
  };
  return {
    evaluate,
    startLog: async () => {
      await evaluate(LOG);
    },
    requests: () => evaluate<LoggedRequest[]>('globalThis.assayLog ?? []'),
    errors: (prefix) =>
      evaluate<string[]>(`Services.console.getMessageArray()
        .filter((m) => m instanceof Ci.nsIScriptError && !(m.flags & Ci.nsIScriptError.warningFlag))
        .filter((m) => m.sourceName.startsWith(${JSON.stringify(prefix)})).map(String)`),
    mainThread_ms: (url) =>
      evaluate<number>(`ChromeUtils.requestProcInfo().then(({ children }) => {
        const shows = (p) => p.windows.some((w) => w.documentURI?.spec === ${JSON.stringify(url)});
        const child = children.find(shows);
        return child.threads.find((thread) => thread.tid === child.pid).cpuTime / 1e6;
      })`),
    stopBackground: async (geckoId) => {
      const policy = `WebExtensionPolicy.getByID(${JSON.stringify(geckoId)})`;
      await evaluate(`${policy}.extension.terminateBackground({ disableResetIdleForTest: true })`);
    },
    chooseMenu: async (geckoId, info) => {
      await evaluate(`(() => {
        const { extension } = WebExtensionPolicy.getByID(${JSON.stringify(geckoId)});
        const { gBrowser } = Services.wm.getMostRecentWindow('navigator:browser');
        extension.emit('webext-menu-menuitem-click', ${JSON.stringify(info)}, gBrowser.selectedTab);
      })()`);
    },
    setWish: async (wish, wanted) => {
      const [pref, yes, no] = PREFS[wish];
      await evaluate(`Services.prefs.setIntPref(${JSON.stringify(pref)}, ${String(wanted ? yes : no)})`);
    },
  };
}
