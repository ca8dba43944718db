/**
 * What happens inside our host is none of the page's business: a player must not pause because its
 * label was clicked, nor seek because an arrow key was pressed in the panel.
 */
const POINTER = [
  'pointerdown',
  'pointerup',
  'mousedown',
  'mouseup',
  'touchstart',
  'touchend',
  'click',
  'dblclick',
  'wheel',
];
const KEYS = ['keydown', 'keyup', 'keypress'];

/** Pointer events end at our root; the page's own layers are never hit, the host lies above them. */
export function keepPointer(root: ShadowRoot, signal: AbortSignal): void {
  for (const name of POINTER)
    root.addEventListener(
      name,
      (event) => {
        event.stopPropagation();
      },
      { signal, passive: true },
    );
}

export interface KeyGuard {
  /** From now on keys inside the root stay with us; our own look at them is `keyDown`. */
  protect(root: ShadowRoot, keyDown: (event: KeyboardEvent) => void): void;
  /** Listens, or no longer. */
  listen(on: boolean): void;
}

/**
 * Players listen for keys at the window, so we must be there first: this is called before any script
 * of the page runs, long before there is something to protect.
 */
export function keyGuard(): KeyGuard {
  let root: ShadowRoot | undefined;
  let own: (event: KeyboardEvent) => void = () => undefined;
  const keep = (event: Event): void => {
    // Keys go to what has the focus. Inside of a page's own root our host is not the target that we are told of.
    if (!root?.activeElement || !event.isTrusted) return;
    event.stopImmediatePropagation();
    if (event.type === 'keydown') own(event as KeyboardEvent);
  };
  return {
    protect: (at, keyDown) => {
      root = at;
      own = keyDown;
    },
    listen: (on) => {
      for (const name of KEYS) {
        window[on ? 'addEventListener' : 'removeEventListener'](name, keep, true);
      }
    },
  };
}
