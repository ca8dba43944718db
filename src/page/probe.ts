/** Which elements have a shadow root. Asking for closed roots is slow in Chromium, so it is asked sparingly. */
import { shadowRootOf } from '../platform/api';
import { LIKELY, PLAIN_HOSTS } from './likely';
import { slices } from './slices';

const isBlank = (element: Element): boolean => element.firstElementChild === null && !/\S/.test(element.textContent);
const isPlainHost = (name: string): boolean => `,${PLAIN_HOSTS},`.includes(`,${name},`);
/** Elements looked at between two looks at the clock. */
const CHUNK = 32;
/** Of more waiting subtrees than this the rest is left to the slow walk. */
const MAX_QUEUE = 5_000;

/** How closely to look: at likely elements only; at all of them; and also for closed roots of plain ones with content. */
export type Care = 'likely' | 'every' | 'closed';

/** The root of one element. */
export function probe(element: Element, care: Care): ShadowRoot | null {
  const name = String(element.localName); // of a form with a field of that name it is the field
  if (name.includes('-')) return shadowRootOf(element);
  if (!isPlainHost(name)) return null;
  const isAsked = care === 'closed' || (care === 'likely' && isBlank(element));
  return element.shadowRoot ?? (isAsked ? shadowRootOf(element) : null);
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
  /** Looks through a subtree, itself included, when there is time. */
  add(top: Element | ShadowRoot, care: Care): void;
}

/** @param found called with each root, known ones too */
export function prober(
  found: (root: ShadowRoot) => void,
  signal: AbortSignal,
  sliceMs?: number,
  chunk = CHUNK,
): Prober {
  const queue: { top: Element | ShadowRoot; care: Care }[] = [];
  let walk: Walk | null = null;
  let care: Care = 'likely';

  const look = (node: Node): void => {
    if (!(node instanceof Element)) return;
    const root = probe(node, care);
    if (root !== null) found(root);
  };

  const step = (): boolean => {
    if (walk === null) {
      const next = queue.shift();
      if (next === undefined) return false;
      ({ care } = next);
      walk = care === 'likely' ? likely(next.top) : everyElement(next.top);
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
    add: (top, how) => {
      if (queue.length < MAX_QUEUE) queue.push({ top, care: how });
      idle.wake();
    },
  };
}
