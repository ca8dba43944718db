/** Where results go: standard output or a file. A reader that goes away ends the run quietly, a full disk does not. */
import { closeSync, openSync, writeSync } from 'node:fs';

export interface Output {
  line(text: string): void;
  close(): void;
}

function endWith(stream: NodeJS.WriteStream): void {
  stream.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') process.exit(0);
    const why = code === 'ENOSPC' ? 'no room is left on the device' : (code ?? 'unknown error');
    if (stream === process.stdout) process.stderr.write(`assay: the results can't be written: ${why}.\n`);
    process.exit(2);
  });
}

/** @returns null when the file can't be written */
export function openOutput(path: string | undefined): Output | null {
  endWith(process.stderr);
  endWith(process.stdout);
  if (path === undefined) {
    return {
      line: (text) => process.stdout.write(text + '\n'),
      close: () => undefined,
    };
  }
  try {
    const file = openSync(path, 'w');
    return {
      line: (text) => writeSync(file, text + '\n'),
      close: () => {
        closeSync(file);
      },
    };
  } catch {
    return null;
  }
}
