/** The channel by which signed pieces of streams leave the page's own world. */
import { apply, getter } from './hook-natives';
import type { OpenLine } from './hook-streams';

/** @param give takes the end for the isolated world, which says there what it has taken, and whether it is on */
export const portLine =
  (give: (port: MessagePort) => void): OpenLine =>
  (taken) => {
    const post = MessagePort.prototype.postMessage;
    const dataOf = getter(MessageEvent.prototype, 'data');
    const { port1, port2 } = new MessageChannel();
    let active = true;
    let answered = false;
    port1.onmessage = (event) => {
      answered = true;
      const data = apply(dataOf, event, []) as boolean | number;
      if (typeof data === 'number') taken(data);
      else active = data;
    };
    return {
      isActive: () => active,
      offer: () => {
        if (!answered) give(port2);
      },
      tell: (piece) => {
        apply(post, port1, [piece]);
      },
    };
  };
