/** Where results go: standard output or a file. A reader that goes away ends the run quietly. */
import { closeSync, openSync, writeSync } from 'node:fs';

export interface Output {
  line(text: string): void;
  close(): void;
}

function endQuietly(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? 0 : 1);
  });
}

/** @returns null when the file can't be written */
export function openOutput(path: string | undefined): Output | null {
  endQuietly(process.stderr);
  endQuietly(process.stdout);
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
