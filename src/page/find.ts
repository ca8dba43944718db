/**
 * Finds the videos of this frame, in the document and in every shadow root, now and later.
 * Roots become known by the hook (`attachShadow` as it happens), by looking through added subtrees,
 * and by a slow walk for whatever both missed.
 */
import { rootOfEvent } from './hook-handshake';
import type { HookLine } from './hook-handshake';
import { prober } from './probe';

/** Changes are gathered for this long before the roots are searched. */
const GATHER_MS = 100;
/** A search may take at most one part in this many of the time. */
const SEARCH_SHARE = 50;
/** The slow walk: this often, this long. */
const RESCAN_EVERY_MS = 30_000;
const RESCAN_SLICE_MS = 1;

export interface FindOptions {
  signal: AbortSignal;
  /** Line to the hook; null without one. */
  hook: HookLine | null;
  /** Roots may have been attached before we looked: everything is asked for closed roots once. */
  thorough: boolean;
  /** A video that was not known before. */
  found(video: HTMLVideoElement): void;
  /** Nodes came or went: known videos may have left. */
  changed(): void;
}

export function findVideos({ signal, hook, thorough, found, changed }: FindOptions): void {
  const known = new WeakSet<HTMLVideoElement>();
  const knownRoots = new WeakSet<ShadowRoot>();
  let roots: WeakRef<ShadowRoot>[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let delay = GATHER_MS;

  const searchIn = (root: Document | ShadowRoot): void => {
    for (const video of root.querySelectorAll('video')) {
      if (known.has(video)) continue;
      known.add(video);
      found(video);
    }
  };

  const search = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const start = performance.now();
    searchIn(document);
    roots = roots.filter((ref) => {
      const root = ref.deref();
      if (root !== undefined) searchIn(root);
      return root !== undefined;
    });
    changed();
    delay = Math.max(GATHER_MS, (performance.now() - start) * SEARCH_SHARE);
  };

  const searchSoon = (): void => {
    timer ??= setTimeout(search, delay);
  };

  const addRoot = (root: ShadowRoot): void => {
    if (knownRoots.has(root)) return;
    knownRoots.add(root);
    roots.push(new WeakRef(root));
    watch(root);
    probes.add(root, false);
    searchSoon();
  };

  const probes = prober(addRoot, signal);

  const observer = new MutationObserver((records) => {
    searchSoon();
    // While the parser is at work everything is new: the whole document is looked through at its end.
    if (document.readyState === 'loading') return;
    for (const record of records) {
      for (const node of record.addedNodes) {
        if (node instanceof Element) probes.add(node, false);
      }
    }
  });

  const hooked = (event: Event): void => {
    const root = rootOfEvent(event);
    if (root !== null) addRoot(root);
  };

  const watch = (root: Document | ShadowRoot): void => {
    observer.observe(root, { childList: true, subtree: true });
    if (hook !== null) root.addEventListener(hook.eventName, hooked, { signal });
  };

  const everything = (): void => {
    probes.add(document.documentElement, thorough);
    search();
  };

  watch(document);
  for (const root of hook?.takeEarly() ?? []) addRoot(root);
  if (document.readyState === 'loading') {
    document.addEventListener('DOMContentLoaded', everything, { once: true, signal });
  } else {
    everything();
  }

  const slow = prober(addRoot, signal, RESCAN_SLICE_MS, 8);
  const rescan = setInterval(() => {
    if (!document.hidden) slow.add(document.documentElement, true);
  }, RESCAN_EVERY_MS);

  signal.addEventListener('abort', () => {
    observer.disconnect();
    clearTimeout(timer);
    clearInterval(rescan);
  });
}
