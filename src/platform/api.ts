/**
 * The extension API, and the only import of webextension-polyfill (it throws outside an extension;
 * tests replace this module). Everything that differs between browsers stays in this folder.
 */
import browser from 'webextension-polyfill';

/** Set by the build: which of the two packages this is. */
declare const __BROWSER__: 'chrome' | 'firefox';

export const api = browser;
export const BROWSER: 'chrome' | 'firefox' = __BROWSER__;

/** False once the extension was reloaded or removed under this script: its surfaces must go. */
export function isContextAlive(): boolean {
  try {
    return api.runtime.id !== undefined;
  } catch {
    return false;
  }
}

/**
 * Whether this script came before any of the page. Chromium has content scripts at no other time, and there it would
 * take a tenth of a millisecond to ask; Firefox brings them into open tabs, too, when the extension starts.
 */
export const isEarly = (): boolean => BROWSER === 'chrome' || document.readyState === 'loading';

interface ShadowAccess {
  openOrClosedShadowRoot?: ShadowRoot | null;
}
declare const chrome: { dom?: { openOrClosedShadowRoot(element: Element): ShadowRoot | null } } | undefined;

/** The shadow root of an element, open or closed; null when it has none. */
export function shadowRootOf(element: Element): ShadowRoot | null {
  if (BROWSER === 'firefox') return (element as Element & ShadowAccess).openOrClosedShadowRoot ?? null;
  return element instanceof HTMLElement ? (chrome?.dom?.openOrClosedShadowRoot(element) ?? null) : null;
}
