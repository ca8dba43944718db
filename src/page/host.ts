/**
 * The one element that Assay adds to a page: a popover (so it lies above every layer of the page)
 * with a closed shadow root. Every property of it is written inline with `!important`, because the
 * page's own style sheets reach the host (not what is inside it).
 */
import { shadowRootOf } from '../platform/api';
import { htmlElement } from '../platform/html-element';
import { onAbort } from './on-abort';

/** `all:initial` takes back whatever a page may set; the rest is what we need besides. */
const PLAIN_STYLE =
  'all:initial;display:block;position:fixed;inset:0 auto auto 0;pointer-events:none;direction:ltr;z-index:2147483647'.replace(
    /;|$/g,
    '!important;',
  );

/** Tells our own left-over hosts from other popovers; inside a closed root, so no page sees it. */
const LAYER_CLASS = 'assay';
/** How often the page may take the host away, or write to it, before we let go. */
const MAX_REPAIRS = 8;

export interface HostOptions {
  css: string;
  lang: string;
  dir: string;
  signal: AbortSignal;
  /** The page took it away for good. */
  lost(): void;
}

export interface Host {
  element: HTMLElement;
  /** Everything that is shown goes in here. */
  layer: HTMLElement;
  root: ShadowRoot;
  /**
   * Moves it into the element that covers the page (fullscreen, modal dialog), or back with null. A popover lets others
   * lie above it.
   */
  moveInto(parent: Element | null): void;
  /** Puts it above other top layers again. */
  raise(): void;
  /** Looks whether the page closed or changed it. */
  check(): void;
}

/** Removes hosts that an earlier life of this script left behind. */
export function removeStaleHosts(): void {
  for (const element of document.querySelectorAll('div[popover]')) {
    if (shadowRootOf(element)?.firstElementChild?.className === LAYER_CLASS) element.remove();
  }
}

export function createHost({ css, lang, dir, signal, lost }: HostOptions): Host {
  const element = htmlElement('div');
  const root = element.attachShadow({ mode: 'closed' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  const layer = htmlElement('div');
  layer.className = LAYER_CLASS;
  layer.lang = lang;
  layer.dir = dir;
  root.append(layer);

  let parent: Element | null = null;
  let repairs = 0;
  let gone = false;

  /** Outside of a popover that stays open by itself; others are closed by a click outside of them. */
  const home = (): Element =>
    parent?.isConnected === true && !parent.matches('[popover=manual i]:popover-open')
      ? parent
      : document.documentElement;
  /** A page that is zoomed by its own style would have all that is shown moved, and made small or large. */
  const style = (): string => `${PLAIN_STYLE}zoom:${1 / home().currentCSSZoom}!important;`;
  /** What was last given. */
  let given = '';

  const fit = (): void => {
    given = style();
    element.setAttribute('style', given);
  };

  const dress = (): void => {
    for (const name of element.getAttributeNames()) element.removeAttribute(name);
    fit();
    element.setAttribute('popover', 'manual');
  };

  const isDressed = (): boolean =>
    element.attributes.length === 2 && element.getAttribute('style') === given && element.popover === 'manual';

  const show = (): void => {
    if (element.parentNode !== home()) home().append(element);
    if (!element.matches(':popover-open')) element.showPopover();
  };

  const release = (): void => {
    gone = true;
    observer.disconnect();
    element.remove();
    lost();
  };

  const check = (): void => {
    if (gone || signal.aborted) return;
    if (given !== style() && isDressed()) fit(); // the page has another zoom now: no fault to count
    if (element.isConnected && isDressed() && element.matches(':popover-open')) return;
    if (++repairs > MAX_REPAIRS) {
      release();
      return;
    }
    try {
      if (!isDressed()) dress();
      show();
    } catch {
      release();
    }
    observer.takeRecords(); // our own repair is no news
  };

  const observer = new MutationObserver(check);

  const watch = (): void => {
    observer.disconnect();
    observer.observe(element, { attributes: true });
    if (element.parentNode !== null) observer.observe(element.parentNode, { childList: true });
  };

  const place = (): void => {
    if (gone || signal.aborted) return;
    observer.disconnect();
    try {
      if (element.matches(':popover-open')) element.hidePopover();
      fit();
      show();
      watch();
    } catch {
      release();
    }
  };

  dress();
  place();
  onAbort(signal, () => {
    observer.disconnect();
    element.remove();
  });

  return {
    element,
    layer,
    root,
    moveInto: (into) => {
      if (into === parent) return;
      parent = into;
      place();
    },
    raise: place,
    check,
  };
}
