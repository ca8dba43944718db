/** Stands at the window before any listener of the page's: pages listen there, too, and who was there first hears first. */
export const KEYS = 'keydown keyup keypress';
const OTHERS = 'pointerdown pointerup mousedown mouseup touchstart touchend click dblclick wheel focusin focusout';

export interface EventGuard {
  /** From now on it hears what the user does. */
  hear(listener: (event: Event) => void): void;
  /** Listens, or no longer. */
  listen(on: boolean): void;
}

/** Called before any script of the page runs, long before there is something to protect. */
export function eventGuard(): EventGuard {
  let heard: ((event: Event) => void) | undefined;
  const keep = (event: Event): void => heard?.(event);
  return {
    hear: (listener) => {
      heard = listener;
    },
    listen: (on) => {
      for (const name of `${KEYS} ${OTHERS}`.split(' ')) {
        const options = { capture: true, passive: !KEYS.includes(name) };
        window[on ? 'addEventListener' : 'removeEventListener'](name, keep, options);
      }
    },
  };
}
