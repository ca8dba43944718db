/**
 * How the two content scripts of a frame meet: at document_start, before any script of the page, the one in the
 * page's world dispatches one event that carries their line, an event target that nobody else gets hold of.
 * Later events of this name are the page's own invention and are not listened to.
 */
import { shadowRootOf } from '../platform/api';
import { HANDSHAKE, NAME, PORT, ROOT } from './hook-name';

export interface HookLine {
  /** What is attached to hosts inside a root is told at that root. */
  listen(root: ShadowRoot, on: boolean): void;
  /** Switches the copying of streams: while off, appends only pass through. */
  setActive(active: boolean): void;
  /** Pieces of signed streams come here, once somebody listens; null before the page has made a stream. */
  port(): MessagePort | null;
}

/**
 * @param known all roots that are known
 * @param told called with each root that is attached
 */
function lineOf(line: EventTarget, known: () => ShadowRoot[], told: (root: ShadowRoot) => void): HookLine {
  let port: MessagePort | null = null;
  let active = true;
  let name: string | null = null;

  const hear = (event: Event): void => {
    const host = (event as FocusEvent).relatedTarget;
    const root = host instanceof Element ? shadowRootOf(host) : null;
    if (root !== null) told(root);
  };
  const listen = (root: ShadowRoot, on: boolean): void => {
    if (name !== null) root[on ? 'addEventListener' : 'removeEventListener'](name, hear);
  };
  line.addEventListener(ROOT, hear);
  line.addEventListener(NAME, (event) => {
    name = String((event as FocusEvent).detail);
    for (const root of known()) listen(root, true);
  });
  line.addEventListener(PORT, (event) => {
    port = (event as FocusEvent).relatedTarget as MessagePort;
    port.postMessage(active); // it comes again with each stream
  });
  return {
    listen,
    setActive: (now) => {
      active = now;
      port?.postMessage(now);
    },
    port: () => port,
  };
}

/**
 * Waits for the hook of this frame.
 * @param known as above
 * @param told as above
 * @param ready called at most once
 */
export function awaitHook(
  known: () => ShadowRoot[],
  told: (root: ShadowRoot) => void,
  ready: (hook: HookLine) => void,
): void {
  const meet = (event: Event): void => {
    event.stopImmediatePropagation();
    const line = (event as FocusEvent).relatedTarget;
    if (line !== null) ready(lineOf(line, known, told));
  };
  window.addEventListener(HANDSHAKE, meet, { capture: true, once: true });
}
