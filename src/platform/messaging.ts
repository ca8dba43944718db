/** Typed requests to the background, and ports. The only user of `runtime.onMessage` and `onConnect`. */
import type Browser from 'webextension-polyfill';
import type { RequestName, Requests } from '../contract/messages';
import type { Port } from '../contract/port';
import { api } from './api';

export type { Port };

/** Who asks: the tab's top-level address and the frame, as the browser (not the page) says. */
export interface Sender {
  tabId: number | null;
  frameId: number | null;
  /** Name of the one document that asks, where the browser has such names. */
  documentId: string | null;
  tabUrl: string | null;
  /** Address of the frame itself. */
  frameUrl: string | null;
  /** In a private window, of which nothing is kept; where nobody can tell, it counts as one. */
  isPrivate: boolean;
}
type Handler<N extends RequestName> = (input: Requests[N]['in'], sender: Sender) => Promise<Requests[N]['out']>;
export type Handlers = { [N in RequestName]: Handler<N> };

interface Envelope {
  to: 'background';
  name: RequestName;
  input: unknown;
}

function isEnvelope(message: unknown): message is Envelope {
  return typeof message === 'object' && message !== null && (message as Envelope).to === 'background';
}

/** A background that is started for the question, on a busy machine, takes its time; one that is stuck never ends. */
const ANSWER_MS = 20_000;

/**
 * Asks the background.
 * @returns null when nobody answers (extension reloaded, background not there or stuck)
 */
export async function send<N extends RequestName>(
  name: N,
  input: Requests[N]['in'],
): Promise<Requests[N]['out'] | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => {
      resolve(null);
    }, ANSWER_MS);
  });
  try {
    const envelope: Envelope = { to: 'background', name, input };
    return (await Promise.race([api.runtime.sendMessage(envelope), late])) as Requests[N]['out'];
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

/** Registers all handlers of the background at once; messages of other extensions never reach it. */
export function handle(handlers: Handlers): void {
  const listener: Browser.Runtime.OnMessageListenerCallback = (message, sender, sendResponse) => {
    if (!isEnvelope(message) || sender.id !== api.runtime.id || !(message.name in handlers)) {
      return undefined as unknown as true; // not for us: the channel stays closed
    }
    const handler = handlers[message.name] as Handler<RequestName>;
    const from: Sender = {
      tabId: sender.tab?.id ?? null,
      frameId: sender.frameId ?? null,
      documentId: (sender as { documentId?: string }).documentId ?? null,
      tabUrl: sender.tab?.url ?? null,
      frameUrl: sender.url ?? null,
      isPrivate: sender.tab?.incognito !== false,
    };
    handler(message.input as never, from).then(sendResponse, () => {
      sendResponse(null);
    });
    return true;
  };
  api.runtime.onMessage.addListener(listener);
}

type RawPort = ReturnType<typeof api.runtime.connect>;

function wrap<In, Out>(raw: RawPort): Port<In, Out> {
  let open = true;
  raw.onDisconnect.addListener(() => {
    open = false;
    void api.runtime.lastError;
  });
  return {
    post: (message) => {
      if (!open) return;
      try {
        raw.postMessage(message);
      } catch {
        open = false; // the context was invalidated under us; onClose tells
      }
    },
    onMessage: (listener) => {
      raw.onMessage.addListener((message) => {
        listener(message as In);
      });
    },
    onClose: (listener) => {
      raw.onDisconnect.addListener(() => {
        listener();
      });
    },
    close: () => {
      if (open) raw.disconnect();
      open = false;
    },
  };
}

/** Opens a port to whichever extension context listens for its name. */
export function connect<In, Out>(name: string): Port<In, Out> {
  return wrap(api.runtime.connect({ name }));
}

interface FramesCall {
  to: 'frames';
  caller: string;
}

/**
 * Calls all frames of a tab; each that hears it opens a port to `portOf(caller)`. (A port that is opened
 * to a tab reaches only one process of it in Firefox.)
 */
export async function callFrames(tabId: number, caller: string): Promise<void> {
  const call: FramesCall = { to: 'frames', caller };
  await api.tabs.sendMessage(tabId, call).catch(() => undefined); // no frame of that tab listens
}

/** Takes calls in a frame. Returns a function that stops listening. */
export function onFramesCall(listener: (caller: string) => void): () => void {
  const onMessage = (message: unknown): undefined => {
    const call = message as Partial<FramesCall> | null;
    if (call?.to === 'frames' && typeof call.caller === 'string') listener(call.caller);
  };
  api.runtime.onMessage.addListener(onMessage);
  return () => {
    api.runtime.onMessage.removeListener(onMessage);
  };
}

/**
 * Takes ports of one name from contexts of this extension. Returns a function that stops listening.
 * @param listener `tabId`: the tab that it comes from; null for what is in none
 */
export function onPort<In, Out>(
  name: string,
  listener: (port: Port<In, Out>, tabId: number | null) => void,
): () => void {
  const onConnect = (raw: RawPort): void => {
    if (raw.name !== name || (raw.sender?.id ?? api.runtime.id) !== api.runtime.id) return;
    listener(wrap(raw), raw.sender?.tab?.id ?? null);
  };
  api.runtime.onConnect.addListener(onConnect);
  return () => {
    api.runtime.onConnect.removeListener(onConnect);
  };
}
