/** The channel by which signed pieces of streams leave the page's own world. */
import { apply, getter, listen } from './hook-natives';
import type { StreamLine } from './hook-streams';

/** Copies that wait for the isolated world to take them, of all streams of the page. */
const MAX_WAITING_BYTES = 32e6;

/**
 * Whoever holds an end of the channel can say what was appended: the page must not come by one.
 * @param give takes the end for the isolated world, which says there what it has taken, and whether it is on
 */
export function streamLine(give: (port: MessagePort) => void): StreamLine {
  const Channel = MessageChannel;
  const { postMessage, start } = MessagePort.prototype;
  const ourEnd = getter(Channel.prototype, 'port1');
  const theirEnd = getter(Channel.prototype, 'port2');
  const dataOf = getter(MessageEvent.prototype, 'data');
  let ours: object | null = null;
  let theirs: unknown = null;

  const line: StreamLine = {
    active: false,
    room: MAX_WAITING_BYTES,
    offer: () => {
      if (ours === null) {
        const channel = new Channel();
        ours = apply(ourEnd, channel, []) as object;
        theirs = apply(theirEnd, channel, []);
        listen(ours, 'message', (event) => {
          const data = apply(dataOf, event, []) as boolean | number;
          if (typeof data === 'number') line.room += data;
          else line.active = data;
        });
        apply(start, ours, []);
        line.active = true;
      }
      give(theirs as MessagePort);
    },
    tell: (piece) => {
      apply(postMessage, ours, [piece]);
    },
  };
  return line;
}
