/** Which elements have a shadow root. Asking for closed roots is slow in Chromium, so it is asked sparingly. */
import { shadowRootOf } from '../platform/api';
import { slices } from './slices';

/** Elements that can host a shadow root besides custom elements. */
const PLAIN_HOSTS = 'article aside blockquote body div footer h1 h2 h3 h4 h5 h6 header main nav p section span'.split(
  ' ',
);
/** The rest of what pages mostly consist of. */
const COMMON = 'a b br button i img input li link meta script style svg td tr ul'.split(' ');
/**
 * What is worth a look, picked by the browser itself, since looking at each element costs ten times as much:
 * custom elements, and plain ones without elements inside. Plain hosts that have some besides a root which came
 * with the markup are left to the slow walk; roots that scripts attach are told by the hook.
 */
const LIKELY = `:not(${[...PLAIN_HOSTS, ...COMMON].join()}),:is(${PLAIN_HOSTS.join()}):not(:has(>*))`;
/** Elements looked at between two looks at the clock. */
const CHUNK = 32;
/** More waiting subtrees than this are one whole document. */
const MAX_QUEUE = 5_000;

/** The root of one element. Plain elements are asked for closed roots only if `thorough`. */
export function probe(element: Element, thorough: boolean): ShadowRoot | null {
  const name = element.localName;
  if (name.includes('-')) return shadowRootOf(element);
  if (!PLAIN_HOSTS.includes(name)) return null;
  return element.shadowRoot ?? (thorough ? shadowRootOf(element) : null);
}

/** Gives one element after the other, null at the end. */
type Walk = () => Node | null;

function likely(top: Element | ShadowRoot): Walk {
  const found = top.querySelectorAll(LIKELY);
  let next = 0;
  return () => found[next++] ?? null;
}

function everyElement(top: Element | ShadowRoot): Walk {
  const walker = document.createTreeWalker(top, NodeFilter.SHOW_ELEMENT);
  return () => walker.nextNode();
}

export interface Prober {
  /** Looks through a subtree, itself included, when there is time; only a thorough look misses nothing. */
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
  let walk: Walk | null = null;
  let thorough = false;

  const look = (node: Node): void => {
    if (!(node instanceof Element)) return;
    const root = probe(node, thorough);
    if (root !== null) found(root);
  };

  const step = (): boolean => {
    if (walk === null) {
      const next = queue.shift();
      if (next === undefined) return false;
      ({ thorough } = next);
      walk = thorough ? everyElement(next.top) : likely(next.top);
      look(next.top);
    }
    for (let i = 0; i < chunk; i++) {
      const node = walk();
      if (node === null) {
        walk = null;
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
