/** Firefox by raw WebDriver BiDi: the extension is loaded as a temporary add-on. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectBidi, type Bidi } from './bidi';
import { atExit, killGroup, removeFolder } from './cleanup';
import { LaunchError, type BrowserDriver, type LaunchOptions, type Tab } from './driver';
import { findBrowser } from './executables';
import { makeProfile } from './firefox-profile';
import { startProcess } from './firefox-process';
import { firefoxSystem } from './firefox-system';
import { firefoxTab } from './firefox-tab';
import { poll } from './page-code';
import { within } from './within';

/** A loaded machine takes 20 s and more. */
const START_MS = 90_000;
const CLOSE_MS = 3_000;

interface Tree {
  contexts: { context: string; url: string }[];
}
interface Session {
  capabilities: { browserVersion: string };
}

function geckoIdOf(extension: string): string {
  const manifest = JSON.parse(readFileSync(join(extension, 'manifest.json'), 'utf8')) as {
    browser_specific_settings: { gecko: { id: string } };
  };
  return manifest.browser_specific_settings.gecko.id;
}

/** Patched into the event page: remembers its workers, so that a test can end them under a job. */
const WATCH = `async () => {
  const page = await browser.runtime.getBackgroundPage();
  if (page.assayWorkers) return;
  const workers = (page.assayWorkers = new page.Set());
  const post = page.Worker.prototype.postMessage;
  page.Worker.prototype.postMessage = function (...args) {
    workers.add(this);
    return post.apply(this, args);
  };
}`;
const KILL = `async () => {
  const page = await browser.runtime.getBackgroundPage();
  const workers = [...(page.assayWorkers ?? [])];
  page.assayWorkers?.clear();
  for (const worker of workers) worker.terminate();
  return workers.length;
}`;

const SEEN = `async () => (await browser.runtime.getBackgroundPage()).assayWorkers?.size ?? 0`;

export async function launchFirefox(options: LaunchOptions): Promise<BrowserDriver> {
  const executable = findBrowser('firefox');
  const geckoId = geckoIdOf(options.extension);
  const uuid = randomUUID();
  const language = options.language === undefined ? {} : { 'intl.locale.requested': options.language };
  const profile = makeProfile(geckoId, uuid, { ...language, ...options.prefs });
  let pid: number | undefined;
  const forget = atExit(() => {
    killGroup(pid);
    removeFolder(profile);
  });
  let bidi: Bidi | undefined;

  const end = (): void => {
    killGroup(pid);
    removeFolder(profile);
    forget();
  };

  let gone: Promise<void>;
  let version: string;
  try {
    const process = await startProcess(executable, profile, options.headless, START_MS, (started) => {
      pid = started;
    });
    gone = process.gone;
    bidi = await connectBidi(`${process.address}/session`);
    const session = await bidi.send<Session>('session.new', {
      capabilities: { alwaysMatch: { acceptInsecureCerts: options.anyCertificate === true } },
    });
    version = session.capabilities.browserVersion;
    if (options.log === true) await firefoxSystem(bidi).startLog();
    await bidi.send('webExtension.install', { extensionData: { type: 'path', path: options.extension } });
  } catch (error) {
    end();
    if (error instanceof LaunchError) throw error;
    throw new LaunchError(`Firefox did not load the extension: ${error instanceof Error ? error.message : ''}`);
  }
  const connection = bidi;
  const system = firefoxSystem(connection);

  const wrap = (context: string): Tab =>
    firefoxTab(connection, context, (wish, wanted) => system.setWish(wish, wanted));
  const openTab: BrowserDriver['openTab'] = async (url, { window } = {}) => {
    const type = window === true ? 'window' : 'tab';
    const { context } = await connection.send<{ context: string }>('browsingContext.create', { type });
    const tab = wrap(context);
    if (url !== undefined) await tab.goto(url);
    return tab;
  };
  const extensionUrl = (path: string): string => `moz-extension://${uuid}/${path.replace(/^\//, '')}`;
  const inExtension = async <T>(code: string): Promise<T> => {
    const tab = await openTab(extensionUrl('label.html'));
    try {
      return await tab.evaluate<T>(`(${code})()`);
    } finally {
      await tab.close();
    }
  };
  /** The patch lives as long as the tab that made it. */
  let watcher: Tab | null = null;

  return {
    name: 'firefox',
    version,
    closed: Promise.race([gone, connection.closed]),
    openTab,
    findTabs: async (prefix) => {
      const { contexts } = await connection.send<Tree>('browsingContext.getTree', { maxDepth: 0 });
      return contexts.filter(({ url }) => url.startsWith(prefix)).map(({ context }) => wrap(context));
    },
    extensionUrl,
    requests: () => system.requests(),
    errors: () => system.errors(extensionUrl('')),
    chooseMenu: (info) => system.chooseMenu(geckoId, info),
    stopBackground: () => system.stopBackground(geckoId),
    watchWorkers: async () => {
      watcher ??= await openTab(extensionUrl('label.html'));
      await watcher.evaluate(`(${WATCH})()`);
    },
    killWorkers: async () => (watcher === null ? 0 : await watcher.evaluate<number>(`(${KILL})()`)),
    workersSeen: async () => (watcher === null ? 0 : await watcher.evaluate<number>(`(${SEEN})()`)),
    reloadExtension: async () => {
      await system.evaluate(`(async () => {
        const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs');
        await (await AddonManager.getAddonByID(${JSON.stringify(geckoId)})).reload();
      })()`);
      await poll(() => inExtension<boolean>('() => true'), 15_000, 'extension reloaded');
    },
    close: async () => {
      connection.send('browser.close', {}).catch(() => undefined);
      await within(gone, CLOSE_MS).catch(() => undefined);
      end();
    },
  };
}
