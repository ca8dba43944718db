/**
 * Runs in the page's own world, where alone some things can be seen. No mutation tells of a shadow root
 * that is attached to an element, so `attachShadow` does; what a stream is made of is told by its appends.
 * All natives are taken before the page can change them; nothing here may throw into the page; while
 * switched off, calls only pass through.
 */
import { HANDSHAKE } from './hook-name';
import { apply, follow, getter } from './hook-natives';
import { hookStreams } from './hook-streams';

export function installHook(): void {
  const dispatch = EventTarget.prototype.dispatchEvent;
  const rootOf = Node.prototype.getRootNode;
  const post = MessagePort.prototype.postMessage;
  const dataOf = getter(MessageEvent.prototype, 'data');
  const Told = FocusEvent;
  const Root = ShadowRoot;
  const home = document;
  const name = Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join('');
  const { port1, port2 } = new MessageChannel();
  let active = true;

  /** The host rides as `relatedTarget`: the isolated world can't get at an element of a detached tree otherwise. */
  follow(Element.prototype, 'attachShadow', (host) => {
    if (!active) return;
    const root = apply(rootOf, host, []) as Node;
    const stage = root instanceof Root ? root : home;
    apply(dispatch, stage, [new Told(name, { relatedTarget: host as Element })]);
  });

  const taken = hookStreams(
    () => active,
    (piece) => {
      apply(post, port1, [piece]);
    },
  );
  port1.onmessage = (event) => {
    const data = apply(dataOf, event, []) as boolean | number;
    if (typeof data === 'number') taken(data);
    else active = data;
  };
  apply(dispatch, window, [new MessageEvent(HANDSHAKE, { lastEventId: name, ports: [port2] })]);
}
