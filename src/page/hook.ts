/**
 * Runs in the page's own world, where alone some things can be seen. No mutation tells of a shadow root
 * that is attached to an element, so `attachShadow` does; what a stream is made of is told by its appends.
 * Every page bears this: natives are touched only where they are needed. Nothing here may throw into the page.
 */
import { HANDSHAKE } from './hook-name';
import { apply, follow } from './hook-natives';
import { portLine } from './hook-port';
import { hookStreams } from './hook-streams';

export function installHook(): void {
  const dispatch = EventTarget.prototype.dispatchEvent;
  const rootOf = Node.prototype.getRootNode;
  const Told = FocusEvent;
  const Line = MessageEvent;
  const Root = ShadowRoot;
  const home = document;
  const name = crypto.getRandomValues(new Uint32Array(4)).join('-');

  /** The host rides as `relatedTarget`: the isolated world can't get at an element of a detached tree otherwise. */
  follow(Element.prototype, 'attachShadow', (host) => {
    const root = apply(rootOf, host, []) as Node;
    const stage = root instanceof Root ? root : home;
    apply(dispatch, stage, [new Told(name, { relatedTarget: host as Element })]);
  });

  hookStreams(
    portLine((port) => {
      apply(dispatch, home, [new Line(name, { ports: [port] })]);
    }),
  );
  apply(dispatch, window, [new Line(HANDSHAKE, { lastEventId: name })]);
}
