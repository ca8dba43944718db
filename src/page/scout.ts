/**
 * Knows where in this frame videos may be: in the document and in every shadow root, now and later. Roots become
 * known by the hook (`attachShadow` as it happens) and by a slow walk for whatever that missed. Most frames never
 * have a video, so until there is a sign of one this may cost next to nothing: while the page loads only events are
 * listened for (at the window: already to touch the document takes time), and nothing of the extension's API is
 * touched.
 */
import { isEarly } from '../platform/api';
import { gathered } from './gather';
import { awaitHook } from './hook-handshake';
import type { HookLine } from './hook-handshake';
import { prober } from './probe';
import type { Care, Prober } from './probe';
import { eventGuard } from './event-guard';
import type { EventGuard } from './event-guard';
import { knownRoots } from './roots';
import type { Roots } from './roots';
import { walkSlowly } from './slow-walk';

/** What can hold videos. */
export type Place = Document | ShadowRoot;

export interface Scout {
  /** Null where roots may have gone by unseen. */
  hook(): HookLine | null;
  /** Stands before any listener of the page's. */
  guard: EventGuard;
  /** Has all places looked at, now and soon after each change of what is in them. */
  follow(look: (places: Place[]) => void): void;
  /** Nothing of it stays. */
  pause(): void;
  /** Begins anew; roots have gone by unseen meanwhile. */
  resume(): void;
}

/** By these a video makes itself known; one that was loaded before it came into the page, by the later ones. */
const SIGNS = ['loadstart', 'canplay', 'playing'];

/** @param sign called at each sign of a video, until somebody follows */
export function scout(sign: () => void): Scout {
  const guard = eventGuard();
  let hook: HookLine | null = null;
  let roots: Roots | null = null;
  let probes: Prober | null = null;
  let stop: AbortController | null = null;
  /** While there is none, places are listened at. */
  let observer: MutationObserver | null = null;
  let stopWalking: (() => void) | null = null;
  let paused = false;
  let follower = (places: Place[]): void => {
    if (places.some((place) => place.querySelector('video') !== null)) sign();
  };

  const knownNow = (): ShadowRoot[] => roots?.all() ?? [];
  const places = (): Place[] => [document, ...knownNow()];

  const look = (): void => {
    if (!paused) follower(places());
  };
  const lookSoon = gathered(look);

  /** When there is time. */
  const probe = (top: Element | ShadowRoot, care: Care): void => {
    stop ??= new AbortController();
    probes ??= prober(addRoot, stop.signal);
    probes.add(top, care);
  };

  const changed = (records: MutationRecord[]): void => {
    lookSoon();
    // Where the hook tells of roots, there is no need to look for them.
    if (hook !== null) return;
    for (const record of records) {
      for (const node of record.addedNodes) {
        if (node instanceof Element) probe(node, 'likely');
      }
    }
  };

  const listen = (at: EventTarget, on: boolean): void => {
    for (const name of SIGNS) {
      at[on ? 'addEventListener' : 'removeEventListener'](name, lookSoon, true);
    }
  };

  const watch = (place: Place): void => {
    if (observer === null) listen(place, true);
    else observer.observe(place, { childList: true, subtree: true });
  };

  const addRoot = (root: ShadowRoot): void => {
    roots ??= knownRoots();
    if (paused || !roots.add(root)) return;
    watch(root);
    hook?.listen(root, true);
    probe(root, 'likely');
    lookSoon();
  };

  const deafen = (): void => {
    listen(window, false);
    for (const root of knownNow()) listen(root, false);
  };

  /** From now on each change is seen. */
  const observe = (): void => {
    if (paused) return;
    if (observer === null) deafen();
    observer ??= new MutationObserver(changed);
    for (const place of places()) watch(place);
    if (hook === null) probe(document.documentElement, 'closed');
    look();
  };

  const begin = (): void => {
    guard.listen(true);
    stopWalking = walkSlowly(addRoot, observe);
  };

  if (isEarly()) {
    awaitHook(knownNow, addRoot, (line) => {
      hook = line;
    });
    listen(window, true);
  } else setTimeout(observe); // a hook is not waited for: only the page could still call
  // A frame within another is often written anew (`document.open`), which takes all listeners away.
  if (self !== top) window.addEventListener('DOMContentLoaded', observe, { once: true });
  begin();

  return {
    hook: () => hook,
    guard,
    follow: (next) => {
      follower = next;
      probe(document.documentElement, 'likely');
      observe();
    },
    pause: () => {
      paused = true;
      deafen();
      observer?.disconnect();
      stopWalking?.();
      stop?.abort();
      stop = probes = null;
      guard.listen(false);
      for (const root of knownNow()) hook?.listen(root, false);
    },
    resume: () => {
      paused = false;
      begin();
      for (const root of knownNow()) hook?.listen(root, true);
      observe();
      probe(document.documentElement, 'closed');
    },
  };
}
