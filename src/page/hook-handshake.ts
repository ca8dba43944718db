/**
 * How the two content scripts of a frame meet: at document_start, before any script of the page, the
 * one in the page's world dispatches one event that carries a secret event name.
 * Later events of this name are the page's own invention and are not listened to.
 */
import { HANDSHAKE } from './hook-name';
import { shadowRootOf } from '../platform/api';

export interface HookLine {
  /** Secret name of the events at the document and at roots by which the hook tells something. */
  eventName: string;
  /** Takes such an event. @returns the new root that it tells of, if it does */
  hear(event: Event): ShadowRoot | null;
  /** Switches the copying of streams: while off, appends only pass through. */
  setActive(active: boolean): void;
  /** Pieces of signed streams come here, once somebody listens; null before the page has made a stream. */
  port(): MessagePort | null;
}

/** The line to a hook whose events have this name. Only the hook knows it, so it may call at any time. */
function lineOf(eventName: string): HookLine {
  let port: MessagePort | null = null;
  let active = true;
  return {
    eventName,
    hear: (event) => {
      if (event instanceof MessageEvent) {
        port = event.ports[0] ?? null;
        port?.postMessage(active); // until it has an answer, the hook offers it again
        return null;
      }
      const host = (event as FocusEvent).relatedTarget;
      return host instanceof Element ? shadowRootOf(host) : null;
    },
    setActive: (now) => {
      active = now;
      port?.postMessage(now);
    },
    port: () => port,
  };
}

/**
 * Waits for the hook of this frame. One that calls after the parser has ended is not ours: only the page could.
 * @param ready called at most once
 * @returns stops waiting
 */
export function awaitHook(ready: (hook: HookLine) => void): () => void {
  const stop = (): void => {
    window.removeEventListener(HANDSHAKE, hear, true);
  };
  const hear = (event: Event): void => {
    if (!(event instanceof MessageEvent)) return;
    event.stopImmediatePropagation();
    stop();
    ready(lineOf(event.lastEventId));
  };
  window.addEventListener(HANDSHAKE, hear, true);
  return stop;
}
