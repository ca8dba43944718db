/** One tab of Firefox. */
import type { Bidi } from './bidi';
import type { PageCode, Tab } from './driver';
import { MEDIA_FEATURES, wishesIn } from './media-features';
import type { Wish } from './media-features';
import { firefoxSystem } from './firefox-system';
import { jsonExpression, jsonFunction, poll } from './page-code';
import { allThatAnswer, within } from './within';

interface EvaluateResult {
  type: 'success' | 'exception';
  result?: RemoteValue;
  exceptionDetails?: { text: string };
}
interface Frame {
  context: string;
  children?: Frame[] | null;
}
interface RemoteValue {
  type: string;
  value?: unknown;
  sharedId?: string;
}
interface NodeValue {
  shadowRoot?: { sharedId?: string } | null;
}

/** WebDriver's code points for keys without a character of their own. */
const KEYS: Record<string, string> = {
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Control: '\uE009',
  Escape: '\uE00C',
  Space: ' ',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Home: '\uE011',
  End: '\uE010',
  F11: '\uE03B',
};
const LOAD_MS = 60_000;

function unwrap(answer: EvaluateResult): RemoteValue {
  if (answer.type === 'exception') throw new Error(answer.exceptionDetails?.text ?? 'exception in the page');
  return answer.result ?? { type: 'undefined' };
}

/** @param setWish tells the browser of a wish of the user (one for all tabs) */
export function firefoxTab(bidi: Bidi, context: string, setWish: (wish: Wish, wanted: boolean) => Promise<void>): Tab {
  const script = { target: { context }, awaitPromise: true, userActivation: true };

  const evaluateIn = async <T>(frame: string, code: PageCode<T>, args: unknown[]): Promise<T> => {
    const command = { expression: jsonExpression(code, args), ...script, target: { context: frame } };
    const answer = unwrap(await bidi.send<EvaluateResult>('script.evaluate', command));
    return JSON.parse(answer.value as string) as T;
  };
  const evaluate: Tab['evaluate'] = (code, ...args) => evaluateIn(context, code, args);

  const frames = async (): Promise<string[]> => {
    const { contexts } = await bidi.send<{ contexts: Frame[] }>('browsingContext.getTree', { root: context });
    const withInner = ({ context: own, children }: Frame): string[] => [own, ...(children ?? []).flatMap(withInner)];
    return contexts.flatMap(withInner);
  };

  const inShadow: Tab['inShadow'] = async <T>(host: string, code: PageCode<T>, ...args: unknown[]) => {
    const element = await bidi.send<EvaluateResult>('script.evaluate', {
      expression: `document.querySelector(${JSON.stringify(host)})`,
      ...script,
      serializationOptions: { includeShadowTree: 'all', maxDomDepth: 1 },
    });
    const node = unwrap(element);
    if (node.type !== 'node') throw new Error(`no element matches ${host}`);
    const sharedId = (node.value as NodeValue).shadowRoot?.sharedId;
    if (sharedId === undefined) throw new Error(`${host} has no shadow root`);
    const answer = await bidi.send<EvaluateResult>('script.callFunction', {
      functionDeclaration: jsonFunction(code, args),
      arguments: [{ sharedId }],
      ...script,
    });
    return JSON.parse(unwrap(answer).value as string) as T;
  };

  const url = async (): Promise<string> => {
    const tree = { root: context, maxDepth: 0 };
    const { contexts } = await bidi.send<{ contexts: { url: string }[] }>('browsingContext.getTree', tree);
    return contexts[0]?.url ?? '';
  };

  const pointer = async (actions: object[]): Promise<void> => {
    const parameters = { pointerType: 'mouse' };
    await bidi.send('input.performActions', {
      context,
      actions: [{ type: 'pointer', id: 'mouse', parameters, actions }],
    });
  };
  const move = (x: number, y: number) => ({ type: 'pointerMove', x: Math.round(x), y: Math.round(y) });

  return {
    goto: async (url, wait = 'interactive', timeoutMs = LOAD_MS) => {
      const loaded = bidi.send('browsingContext.navigate', {
        context,
        url,
        wait: wait === 'load' ? 'complete' : 'interactive',
      });
      await within(loaded, timeoutMs);
    },
    evaluate,
    inFrames: async <T>(expression: string) =>
      await allThatAnswer((await frames()).map((frame) => evaluateIn<T>(frame, expression, []))),
    inShadow,
    waitFor: <T>(code: PageCode<T>, options: { timeoutMs?: number; args?: unknown[] } = {}) =>
      poll(() => evaluate<T>(code, ...(options.args ?? [])), options.timeoutMs ?? 20_000, String(code).slice(0, 120)),
    click: async (x, y) => {
      await pointer([move(x, y), { type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 }]);
    },
    hover: async (x, y) => {
      await pointer([move(x, y)]);
    },
    press: async (key) => {
      const value = KEYS[key] ?? key;
      const actions = [
        { type: 'keyDown', value },
        { type: 'keyUp', value },
      ];
      await bidi.send('input.performActions', { context, actions: [{ type: 'key', id: 'keys', actions }] });
    },
    screenshot: async () => {
      const { data } = await bidi.send<{ data: string }>('browsingContext.captureScreenshot', { context });
      return Buffer.from(data, 'base64');
    },
    setViewport: async (width, height, options = {}) => {
      await bidi.send('browsingContext.setViewport', { context, viewport: { width, height } });
      for (const [wish, wanted] of wishesIn(options)) {
        await setWish(wish, wanted);
        const [name, yes, no] = MEDIA_FEATURES[wish];
        const query = `(${name}: ${wanted ? yes : no})`;
        const applied = `matchMedia(${JSON.stringify(query)}).matches`;
        await poll(() => evaluate<boolean>(applied), 5_000, query);
      }
    },
    url,
    listeners: () => Promise.resolve(null),
    profile: async (code) => {
      await evaluate(code);
      return null;
    },
    mainThread_ms: async () => await firefoxSystem(bidi).mainThread_ms(await url()),
    activate: async () => {
      await bidi.send('browsingContext.activate', { context });
    },
    close: async () => {
      await bidi.send('browsingContext.close', { context }).catch(() => undefined);
    },
  };
}
