/** A bar on standard error, only when it is a terminal. */
import { shorten } from './fit';

export interface Progress {
  step(name: string): void;
  /** Takes the bar away, so that a line can be printed. */
  clear(): void;
  draw(): void;
}

const BAR = 24;
const SILENT: Progress = { step: () => undefined, clear: () => undefined, draw: () => undefined };

/** @param stream standard error */
export function progress(total: number, stream: NodeJS.WriteStream): Progress {
  if (!stream.isTTY || total < 1) return SILENT;
  let done = 0;
  let last = '';
  const draw = (): void => {
    const filled = Math.round((done / total) * BAR);
    const bar = '█'.repeat(filled) + '·'.repeat(BAR - filled);
    const width = Math.max(0, (stream.columns || 80) - BAR - 16);
    stream.write(`\r\x1b[K${bar} ${String(done)}/${String(total)} ${shorten(last, width)}`);
  };
  return {
    step: (name) => {
      done++;
      last = name;
    },
    clear: () => stream.write('\r\x1b[K'),
    draw,
  };
}
