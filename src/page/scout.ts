/**
 * Knows where in this frame videos may be: in the document and in every shadow root, now and later. Roots become
 * known by the hook (`attachShadow` as it happens) and by a slow walk for whatever that missed. Most frames never
 * have a video, so until there is a sign of one this may cost next to nothing: no walk through the page while it
 * loads, and nothing of the extension's API is touched.
 */
import { gathered } from './gather';
import { awaitHook } from './hook-handshake';
import type { HookLine } from './hook-handshake';
import { prober } from './probe';
import type { Care, Prober } from './probe';
import { keyGuard } from './quiet-events';
import type { KeyGuard } from './quiet-events';
import { knownRoots } from './roots';
import type { Roots } from './roots';
import { walkSlowly } from './slow-walk';

/** What can hold videos. */
export type Place = Document | ShadowRoot;

export interface Scout {
  /** Null where roots may have gone by unseen. */
  hook(): HookLine | null;
  /** Stands before any listener of the page's. */
  keys: KeyGuard;
  /** Has all places looked at, now and soon after each change of what is in them. */
  follow(look: (places: Place[]) => void): void;
  /** Nothing of it stays. */
  pause(): void;
  /** Begins anew; roots have gone by unseen meanwhile. */
  resume(): void;
}

/** @param sign called at each sign of a video, until somebody follows */
export function scout(sign: () => void): Scout {
  const keys = keyGuard();
  let hook: HookLine | null = null;
  let roots: Roots | null = null;
  let probes: Prober | null = null;
  let stop: AbortController | null = null;
  let stopWalking: (() => void) | null = null;
  let opened: Element | null = null;
  let paused = false;
  let follower = (places: Place[]): void => {
    if (places.some((place) => place.querySelector('video') !== null)) sign();
  };

  const places = (): Place[] => [document, ...(roots?.all() ?? [])];

  const look = (): void => {
    if (paused) return;
    if (opened !== document.documentElement) {
      opened = document.documentElement;
      listen(document); // `document.open` takes all listeners away
    }
    follower(places());
  };
  const lookSoon = gathered(look);

  /** When there is time. */
  const probe = (top: Element | ShadowRoot, care: Care): void => {
    stop ??= new AbortController();
    probes ??= prober(addRoot, stop.signal);
    probes.add(top, care);
  };

  const observer = new MutationObserver((records) => {
    lookSoon();
    // Where the hook tells of roots, there is no need to look for them.
    if (hook !== null) return;
    for (const record of records) {
      for (const node of record.addedNodes) {
        if (node instanceof Element) probe(node, 'likely');
      }
    }
  });

  const hooked = (event: Event): void => {
    const root = hook?.hear(event) ?? null;
    if (root !== null) addRoot(root);
  };

  const listen = (place: Place): void => {
    if (hook !== null) place.addEventListener(hook.eventName, hooked);
  };

  const watch = (place: Place): void => {
    observer.observe(place, { childList: true, subtree: true });
    listen(place);
  };

  const addRoot = (root: ShadowRoot): void => {
    roots ??= knownRoots();
    if (paused || !roots.add(root)) return;
    watch(root);
    probe(root, 'likely');
    lookSoon();
  };

  const watchAll = (): void => {
    if (paused) return;
    for (const place of places()) watch(place);
    if (hook === null) probe(document.documentElement, 'closed');
    look();
  };

  keys.listen(true);
  if (document.readyState === 'loading') {
    const stopWaiting = awaitHook((line) => {
      hook = line;
      listen(document);
    });
    const parsed = (): void => {
      stopWaiting();
      document.removeEventListener('loadstart', lookSoon, true);
      watchAll();
    };
    // What the parser adds is not worth a look at each step: a video that loads meanwhile makes itself known.
    document.addEventListener('loadstart', lookSoon, true);
    document.addEventListener('DOMContentLoaded', parsed, { once: true });
  } else {
    setTimeout(watchAll); // a hook is not waited for: only the page could still call
  }
  stopWalking = walkSlowly(addRoot);

  return {
    hook: () => hook,
    keys,
    follow: (next) => {
      follower = next;
      probe(document.documentElement, 'likely');
      look();
    },
    pause: () => {
      paused = true;
      observer.disconnect();
      stopWalking?.();
      stop?.abort();
      stop = probes = null;
      keys.listen(false);
      if (hook === null) return;
      for (const place of places()) place.removeEventListener(hook.eventName, hooked);
    },
    resume: () => {
      paused = false;
      keys.listen(true);
      stopWalking = walkSlowly(addRoot);
      watchAll();
      probe(document.documentElement, 'closed');
    },
  };
}
