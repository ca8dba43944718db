/**
 * How the two content scripts of a frame meet: at document_start, before any script of the page, the
 * one in the page's world dispatches one event that carries a secret event name and a port.
 * Later events of this name are the page's own invention and are not listened to.
 */
import { HANDSHAKE } from './hook-name';
import { shadowRootOf } from '../platform/api';

export interface HookLine {
  /** Secret name of the event that tells of a new shadow root; `relatedTarget` is its host. */
  eventName: string;
  /** Roots that were attached before anybody asked; given once. */
  takeEarly(): ShadowRoot[];
  /** Switches the hook: while off it only passes through. */
  setActive(active: boolean): void;
  /** Pieces of signed streams come here, once somebody listens. */
  port: MessagePort;
}

/** The root that an event of the hook tells of. */
export function rootOfEvent(event: Event): ShadowRoot | null {
  const host = (event as FocusEvent).relatedTarget;
  return host instanceof Element ? shadowRootOf(host) : null;
}

/** Settings take a moment to be read; roots that are attached meanwhile are kept. */
function collectEarly(eventName: string): () => ShadowRoot[] {
  const stop = new AbortController();
  const roots: ShadowRoot[] = [];
  const collect = (event: Event): void => {
    const root = rootOfEvent(event);
    if (root === null) return;
    roots.push(root);
    root.addEventListener(eventName, collect, { signal: stop.signal });
  };
  document.addEventListener(eventName, collect, { signal: stop.signal });
  return () => {
    stop.abort();
    return roots.splice(0);
  };
}

/**
 * Waits for the hook of this frame.
 * @returns a function that gives the line once the hook has called, null before (or without a hook)
 */
export function awaitHook(): () => HookLine | null {
  let line: HookLine | null = null;
  if (document.readyState !== 'loading') return () => null; // too late: only the page could still call
  const stop = new AbortController();
  const { signal } = stop;
  const hear = (event: Event): void => {
    if (!(event instanceof MessageEvent)) return;
    const port = event.ports[0];
    if (port === undefined) return;
    event.stopImmediatePropagation();
    stop.abort();
    line = {
      eventName: event.lastEventId,
      takeEarly: collectEarly(event.lastEventId),
      setActive: (active) => {
        port.postMessage(active);
      },
      port,
    };
  };
  window.addEventListener(HANDSHAKE, hear, { capture: true, signal });
  document.addEventListener(
    'readystatechange',
    () => {
      stop.abort();
    },
    { once: true, signal },
  );
  return () => line;
}
