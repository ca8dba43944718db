/** Which elements have a shadow root. Asking for closed roots is slow in Chromium, so it is asked sparingly. */
import { shadowRootOf } from '../platform/api';
import { slices } from './slices';

/** Elements that can host a shadow root besides custom elements. */
const PLAIN_HOST = /^(article|aside|blockquote|body|div|footer|h[1-6]|header|main|nav|p|section|span)$/;
/** Elements looked at between two looks at the clock. */
const CHUNK = 32;
/** More waiting subtrees than this are one whole document. */
const MAX_QUEUE = 5_000;

/** The root of one element. Plain elements are asked for closed roots only if `thorough`. */
export function probe(element: Element, thorough: boolean): ShadowRoot | null {
  const name = element.localName;
  if (name.includes('-')) return shadowRootOf(element);
  if (!PLAIN_HOST.test(name)) return null;
  return element.shadowRoot ?? (thorough ? shadowRootOf(element) : null);
}

export interface Prober {
  /** Looks through a subtree, itself included, when there is time. */
  add(top: Element | ShadowRoot, thorough: boolean): void;
}

/** @param found called with each root, known ones too */
export function prober(
  found: (root: ShadowRoot) => void,
  signal: AbortSignal,
  sliceMs?: number,
  chunk = CHUNK,
): Prober {
  let queue: { top: Element | ShadowRoot; thorough: boolean }[] = [];
  let walker: TreeWalker | null = null;
  let thorough = false;

  const look = (node: Node): void => {
    if (!(node instanceof Element)) return;
    const root = probe(node, thorough);
    if (root !== null) found(root);
  };

  const step = (): boolean => {
    if (walker === null) {
      const next = queue.shift();
      if (next === undefined) return false;
      ({ thorough } = next);
      walker = document.createTreeWalker(next.top, NodeFilter.SHOW_ELEMENT);
      look(next.top);
    }
    for (let i = 0; i < chunk; i++) {
      const node = walker.nextNode();
      if (node === null) {
        walker = null;
        return queue.length > 0;
      }
      look(node);
    }
    return true;
  };

  const idle = slices(step, signal, sliceMs);
  return {
    add: (top, all) => {
      if (queue.length >= MAX_QUEUE) queue = [{ top: document.documentElement, thorough: all }];
      else queue.push({ top, thorough: all });
      idle.wake();
    },
  };
}
