/** One tab of Chromium. */
import type { CDPSession, KeyInput, Page } from 'puppeteer-core';
import { profileOf } from './chromium-profile';
import type { PageCode, Tab } from './driver';
import { MEDIA_FEATURES, wishesIn } from './media-features';
import { jsonExpression, jsonFunction, poll } from './page-code';
import { allThatAnswer, within } from './within';

const LOAD_MS = 60_000;

export function chromiumTab(page: Page): Tab {
  page.setDefaultTimeout(LOAD_MS);
  let performance: CDPSession | undefined;
  let media: CDPSession | undefined;
  const features = new Map<string, string>();

  const evaluate: Tab['evaluate'] = async <T>(code: PageCode<T>, ...args: unknown[]) =>
    JSON.parse((await page.evaluate(jsonExpression(code, args))) as string) as T;

  const inShadow: Tab['inShadow'] = async <T>(host: string, code: PageCode<T>, ...args: unknown[]) => {
    const session = await page.createCDPSession();
    try {
      const expression = `document.querySelector(${JSON.stringify(host)})`;
      const { result } = await session.send('Runtime.evaluate', { expression });
      if (result.objectId === undefined) throw new Error(`no element matches ${host}`);
      const { node } = await session.send('DOM.describeNode', { objectId: result.objectId, depth: 1, pierce: true });
      const backendNodeId = node.shadowRoots?.[0]?.backendNodeId;
      if (backendNodeId === undefined) throw new Error(`${host} has no shadow root`);
      const { object } = await session.send('DOM.resolveNode', { backendNodeId });
      const answer = await session.send('Runtime.callFunctionOn', {
        functionDeclaration: `function () { return (${jsonFunction(code, args)})(this); }`,
        objectId: object.objectId ?? '',
        awaitPromise: true,
        returnByValue: true,
        userGesture: true,
      });
      if (answer.exceptionDetails !== undefined) {
        throw new Error(answer.exceptionDetails.exception?.description ?? answer.exceptionDetails.text);
      }
      return JSON.parse(answer.result.value as string) as T;
    } finally {
      await session.detach().catch(() => undefined);
    }
  };

  return {
    goto: async (url, wait = 'interactive', timeoutMs = LOAD_MS) => {
      await within(page.goto(url, { waitUntil: wait === 'load' ? 'load' : 'domcontentloaded', timeout: 0 }), timeoutMs);
    },
    evaluate,
    inFrames: <T>(expression: string) =>
      allThatAnswer(
        page.frames().map((frame) => frame.evaluate(jsonExpression(expression, [])) as Promise<string>),
      ).then((answers) => answers.map((answer) => JSON.parse(answer) as T)),
    inShadow,
    waitFor: <T>(code: PageCode<T>, options: { timeoutMs?: number; args?: unknown[] } = {}) =>
      poll(() => evaluate<T>(code, ...(options.args ?? [])), options.timeoutMs ?? 20_000, String(code).slice(0, 120)),
    click: async (x, y) => {
      await page.mouse.click(x, y);
    },
    hover: async (x, y) => {
      await page.mouse.move(x, y);
    },
    press: async (key) => {
      await page.keyboard.press(key as KeyInput);
    },
    screenshot: async () => Buffer.from(await page.screenshot({ type: 'png', captureBeyondViewport: false })),
    setViewport: async (width, height, options = {}) => {
      await page.setViewport({ width, height });
      for (const [wish, wanted] of wishesIn(options)) {
        const [name, yes, no] = MEDIA_FEATURES[wish];
        features.set(name, wanted ? yes : no);
      }
      if (features.size === 0) return;
      media ??= await page.createCDPSession(); // puppeteer lets only some of them through
      const list = [...features].map(([name, value]) => ({ name, value }));
      await media.send('Emulation.setEmulatedMedia', { features: list });
    },
    url: () => Promise.resolve(page.url()),
    listeners: async (expression) => {
      const session = await page.createCDPSession();
      const worlds: number[] = [];
      session.on('Runtime.executionContextCreated', ({ context }) => {
        if (context.origin.startsWith('chrome-extension:')) worlds.push(context.id);
      });
      try {
        await session.send('Runtime.enable'); // tells of all worlds that there are
        const types: string[] = [];
        for (const contextId of worlds) {
          const { result } = await session.send('Runtime.evaluate', { expression, contextId });
          const objectId = result.objectId ?? '';
          const { listeners } = await session.send('DOMDebugger.getEventListeners', { objectId });
          types.push(...listeners.map(({ type }) => type));
        }
        return types;
      } finally {
        await session.detach().catch(() => undefined);
      }
    },
    profile: async (code, prefix) => {
      const session = await page.createCDPSession();
      try {
        return await profileOf(session, prefix, () => evaluate(code));
      } finally {
        await session.detach().catch(() => undefined);
      }
    },
    mainThread_ms: async () => {
      performance ??= await page.createCDPSession();
      await performance.send('Performance.enable');
      const { metrics } = await performance.send('Performance.getMetrics');
      return (metrics.find(({ name }) => name === 'ThreadTime')?.value ?? 0) * 1_000;
    },
    activate: async () => {
      await page.bringToFront();
    },
    close: async () => {
      await page.close().catch(() => undefined);
    },
  };
}
