/**
 * What happens inside our host is none of the page's business: a player must not pause because its label was clicked,
 * a dialog must not close because that was outside of it, nor a film be wound on by an arrow key that was for the panel.
 */
import { KEYS } from './event-guard';
import type { EventGuard } from './event-guard';

/** Inside of a page's closed root our host is not what we are told of: keys go to what has the focus, a mouse to what it hits. */
function isIn(root: ShadowRoot, event: Event): boolean {
  if (event.composedPath()[0] === root.host) return true;
  if (KEYS.includes(event.type)) return root.activeElement !== null;
  return event instanceof MouseEvent && root.contains(root.elementFromPoint(event.clientX, event.clientY));
}

/** From now on what happens inside the root stays with us; our own look at its keys is `keyDown`. */
export function keepEvents(guard: EventGuard, root: ShadowRoot, keyDown: (event: KeyboardEvent) => void): void {
  guard.hear((event) => {
    if (!event.isTrusted || !isIn(root, event)) return;
    event.stopImmediatePropagation();
    const { type, clientX, clientY, detail } = event as MouseEvent;
    if (type === 'keydown') keyDown(event as KeyboardEvent);
    if (type !== 'click') return;
    const pressed = detail === 0 ? root.activeElement : root.elementFromPoint(clientX, clientY);
    // No mouse event: what the browser itself does at a click, it does by the one that was stopped.
    pressed?.dispatchEvent(new Event(type, { bubbles: true }));
  });
}
