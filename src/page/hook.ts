/**
 * Runs in the page's own world: no mutation tells of a shadow root that is attached to an element,
 * so `attachShadow` does. All natives are taken before the page can change them; nothing here may
 * throw into the page; while switched off, the call only passes through.
 */
import { HANDSHAKE } from './hook-name';

export function installHook(): void {
  const { apply } = Reflect;
  const native = Element.prototype.attachShadow;
  const dispatch = EventTarget.prototype.dispatchEvent;
  const rootOf = Node.prototype.getRootNode;
  const Told = FocusEvent;
  const Root = ShadowRoot;
  const home = document;
  const name = Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join('');
  const { port1, port2 } = new MessageChannel();
  let active = true;

  port1.onmessage = (event) => {
    active = event.data === true;
  };

  /** The host rides as `relatedTarget`: the isolated world can't get at an element of a detached tree otherwise. */
  const tell = (host: Element): void => {
    const root = apply(rootOf, host, []) as Node;
    const stage = root instanceof Root ? root : home;
    apply(dispatch, stage, [new Told(name, { relatedTarget: host })]);
  };

  Element.prototype.attachShadow = new Proxy(native, {
    apply(target, self: Element, args: [ShadowRootInit]) {
      const root = apply(target, self, args);
      if (active) {
        try {
          tell(self);
        } catch {
          // the page must never notice
        }
      }
      return root;
    },
  });
  apply(dispatch, window, [new MessageEvent(HANDSHAKE, { lastEventId: name, ports: [port2] })]);
}
