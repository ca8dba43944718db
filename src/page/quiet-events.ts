/**
 * What happens inside our host is none of the page's business: a player must not pause because its
 * label was clicked, nor seek because an arrow key was pressed in the panel.
 */
const POINTER = 'pointerdown pointerup mousedown mouseup touchstart touchend dblclick contextmenu auxclick wheel'.split(' ');
const KEYS = ['keydown', 'keyup', 'keypress'];

/**
 * @param host where the page sees these events come from
 * @param root where we see them
 * @param keyDown our own look at keys: the page's handlers and ours are both cut off by the stop at the window
 */
export function keepEvents(host: HTMLElement, root: ShadowRoot, keyDown: (event: KeyboardEvent) => void, signal: AbortSignal): void {
  for (const name of [...POINTER, 'click']) {
    root.addEventListener(name, (event) => { event.stopPropagation(); }, { signal, passive: true });
  }
  for (const name of KEYS) {
    window.addEventListener(
      name,
      (event) => {
        if (event.target !== host) return;
        event.stopImmediatePropagation();
        if (name === 'keydown') keyDown(event as KeyboardEvent);
      },
      { capture: true, signal },
    );
  }
}
