/** Chromium by puppeteer-core over a pipe: Chromium ends when this process does. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import puppeteer, { type Browser, type Target } from 'puppeteer-core';
import { chromiumNet, type NetLog } from './chromium-net';
import { chromiumTab } from './chromium-tab';
import { atExit, killGroup, killUsersOf, linkOf, removeFolder } from './cleanup';
import { LaunchError, type BrowserDriver, type LaunchOptions } from './driver';
import { findBrowser } from './executables';
import { poll } from './page-code';
import { within } from './within';

const ARGS = [
  '--no-sandbox',
  '--autoplay-policy=no-user-gesture-required',
  '--host-resolver-rules=MAP *.test 127.0.0.1',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-dev-shm-usage',
  '--disable-search-engine-choice-screen',
  '--mute-audio',
  // Two hidden pages of the address bar, which every new window would load: half a second of a core each time.
  '--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup',
];
/** A loaded machine is slow to start a browser. */
const START_MS = 90_000;
const CLOSE_MS = 5_000;

async function start(options: LaunchOptions, executablePath: string, profile: string): Promise<Browser> {
  try {
    const started = puppeteer.launch({
      executablePath,
      headless: options.headless,
      pipe: true,
      enableExtensions: true,
      userDataDir: profile,
      protocolTimeout: 0,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      defaultViewport: null,
      acceptInsecureCerts: options.anyCertificate === true,
      args: [
        ...ARGS,
        ...(options.anyCertificate === true ? ['--ignore-certificate-errors'] : []),
        '--window-size=1280,900',
        ...(options.args ?? []),
      ],
      env: { ...process.env, ...(options.language === undefined ? {} : { LANGUAGE: options.language }) },
    });
    return await within(started, START_MS); // over a pipe, the library itself waits for ever
  } catch (error) {
    killUsersOf(profile);
    removeProfile(profile);
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new LaunchError(`Chromium did not start: ${reason}`);
  }
}

/** A browser that is killed leaves the socket by which others find it, in a folder that its profile points to. */
function removeProfile(profile: string): void {
  const socket = linkOf(join(profile, 'SingletonSocket'));
  if (socket !== null && /^\.?org\.chromium\./.test(basename(dirname(socket)))) removeFolder(dirname(socket));
  removeFolder(profile);
}

const isWorkerOf = (id: string) => (target: Target) =>
  target.type() === 'service_worker' && target.url().startsWith(`chrome-extension://${id}/`);

/**
 * Stops the service worker of an extension, and waits until it is gone. One that is just starting, or is
 * started again meanwhile, is stopped again: Chromium leaves a worker that was closed too early in limbo.
 */
async function stopServiceWorker(browser: Browser, id: string): Promise<void> {
  const session = await browser.target().createCDPSession();
  const stop = async (): Promise<boolean> => {
    const { targetInfos } = await session.send('Target.getTargets');
    const workers = targetInfos.filter(
      ({ type, url }) => type === 'service_worker' && url.startsWith(`chrome-extension://${id}/`),
    );
    for (const { targetId } of workers) await session.send('Target.closeTarget', { targetId }).catch(() => undefined);
    return workers.length === 0;
  };
  await poll(stop, 20_000, 'service worker stopped');
  await session.detach();
}

async function chooseMenu(browser: Browser, id: string, info: Record<string, string | number>): Promise<void> {
  const worker = await (await browser.waitForTarget(isWorkerOf(id))).worker();
  if (worker === null) throw new Error('no service worker');
  await worker.evaluate(
    `chrome.tabs.query({ active: true, lastFocusedWindow: true }).then(([tab]) => {
      chrome.contextMenus.onClicked.dispatch(${JSON.stringify(info)}, tab);
    })`,
  );
}

export async function launchChromium(options: LaunchOptions): Promise<BrowserDriver> {
  const executablePath = findBrowser('chromium');
  const profile = mkdtempSync(join(tmpdir(), 'assay-chromium-'));
  const forget = atExit(() => {
    killUsersOf(profile);
    removeProfile(profile);
  });
  const browser = await start(options, executablePath, profile);
  const pid = browser.process()?.pid;
  const closed = new Promise<void>((resolve) => {
    browser.once('disconnected', () => {
      resolve();
    });
  });
  const net: NetLog = chromiumNet(browser, options.log ?? false);

  const close = async (): Promise<void> => {
    await within(browser.close(), CLOSE_MS).catch(() => undefined);
    killGroup(pid);
    removeProfile(profile);
    forget();
  };

  let id: string;
  try {
    id = await browser.installExtension(options.extension);
  } catch (error) {
    await close();
    throw new LaunchError(`Chromium did not load the extension: ${error instanceof Error ? error.message : ''}`);
  }

  const openTab: BrowserDriver['openTab'] = async (url, { window } = {}) => {
    const tab = chromiumTab(await browser.newPage({ type: window === true ? 'window' : 'tab' }));
    if (url !== undefined) await tab.goto(url);
    return tab;
  };

  return {
    name: 'chromium',
    version: (await browser.version()).replace(/^.*\//, ''),
    closed,
    openTab,
    findTabs: async (prefix) =>
      (await browser.pages()).filter((page) => page.url().startsWith(prefix)).map(chromiumTab),
    extensionUrl: (path) => `chrome-extension://${id}/${path.replace(/^\//, '')}`,
    requests: () => Promise.resolve(net.requests()),
    errors: () => Promise.resolve(net.errors()),
    chooseMenu: (info) => chooseMenu(browser, id, info),
    stopBackground: () => stopServiceWorker(browser, id),
    watchWorkers: () => Promise.resolve(),
    killWorkers: () => net.killWorkers(`chrome-extension://${id}/`),
    workersSeen: () => Promise.resolve(net.workersSeen(`chrome-extension://${id}/`)),
    reloadExtension: async () => {
      await browser.installExtension(options.extension); // loading the same folder again is a reload
      await poll(() => Promise.resolve(browser.targets().some(isWorkerOf(id))), 15_000, 'extension reloaded');
    },
    close,
  };
}
