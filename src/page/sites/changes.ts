/** Calls back, now and then, while a page changes: gathered, and for a small share of the time only. */
import { onAbort } from '../on-abort';

/** Changes are gathered for this long. */
const GATHER_MS = 300;
/** Reading may take at most one part in this many of the time. */
const SHARE = 50;

/** Attributes by which the sites tell which video is meant and what is said of it. */
const ATTRIBUTES = ['video-id', 'id', 'href', 'aria-label', 'data-e2e'];

export interface Changes {
  /** Looks soon, without a change. */
  soon(): void;
}

/** An address that changes without a load tells of itself where the browser knows how; else the page's changes do. */
const navigation = (): EventTarget | undefined => (globalThis as { navigation?: EventTarget }).navigation;

/** @param look reads the page */
export function onChanges(look: () => void, signal: AbortSignal): Changes {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let delay = 0;

  const soon = (): void => {
    if (!signal.aborted) timer ??= setTimeout(now, delay);
  };

  const now = (): void => {
    timer = undefined;
    const start = performance.now();
    look();
    delay = Math.max(GATHER_MS, (performance.now() - start) * SHARE);
  };

  const observer = new MutationObserver(soon);
  observer.observe(document, { childList: true, characterData: true, attributeFilter: ATTRIBUTES, subtree: true });
  window.addEventListener('popstate', soon, { signal });
  navigation()?.addEventListener('currententrychange', soon, { signal });
  onAbort(signal, () => {
    observer.disconnect();
    clearTimeout(timer);
  });
  return { soon };
}
