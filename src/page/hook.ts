/**
 * Runs in the page's own world, where alone some things can be seen. No mutation tells of a shadow root
 * that is attached to an element, so `attachShadow` does; what a stream is made of is told by its appends.
 * Every page bears this: natives are touched only where they are needed. Nothing here may throw into the page.
 */
import { HANDSHAKE, NAME, PORT, ROOT } from './hook-name';
import { apply, dispatch, follow, getPrototypeOf } from './hook-natives';
import { streamLine } from './hook-port';
import { hookStreams } from './hook-streams';

export function installHook(): void {
  const rootOf = Node.prototype.getRootNode;
  const Told = FocusEvent;
  const line = new EventTarget();
  let name: string | null = null;

  const tell = (at: EventTarget, type: string, relatedTarget: EventTarget | null, detail = 0): void => {
    // without a prototype: the page's own could say more
    dispatch(at, new Told(type, { __proto__: null, relatedTarget, detail } as FocusEventInit));
  };
  const nameForRoots = (): string => {
    const [secret = 0] = crypto.getRandomValues(new Int32Array(1));
    tell(line, NAME, null, secret);
    return String(secret);
  };

  /** The host rides as `relatedTarget`: the isolated world can't get at an element of a detached tree otherwise. */
  follow(Element.prototype, 'attachShadow', (host, _, root) => {
    const top = apply(rootOf, host, []) as Node;
    const isNested = getPrototypeOf(top) === getPrototypeOf(root);
    if (!isNested) tell(line, ROOT, host as Element);
    // anywhere else the browser would name the outermost host in its place
    else tell(top, (name ??= nameForRoots()), host as Element);
  });

  tell(window, HANDSHAKE, line);
  hookStreams(
    streamLine((port) => {
      tell(line, PORT, port);
    }),
  );
}
