/** Where results go: standard output or a file. A reader that goes away ends the run quietly, a full disk does not. */
import { closeSync, openSync, writeFileSync } from 'node:fs';

export interface Output {
  line(text: string): void;
  close(): void;
}

const whyOf = (code: string | undefined): string =>
  code === 'ENOSPC' ? 'no room is left on the device' : (code ?? 'unknown error');

function endWith(stream: NodeJS.WriteStream): void {
  stream.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') process.exit(0);
    if (stream === process.stdout) process.stderr.write(`assay: the results can't be written: ${whyOf(code)}.\n`);
    process.exit(2);
  });
}

/**
 * To its end, which one call of the system need not reach.
 * @throws with one sentence for people
 */
function write(file: number, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new Error(`the results can't be written: ${whyOf((error as NodeJS.ErrnoException).code)}.`, { cause: error });
  }
}

/**
 * @param path `-` is standard output, too
 * @returns null when the file can't be written
 */
export function openOutput(path: string | undefined): Output | null {
  endWith(process.stderr);
  endWith(process.stdout);
  if (path === undefined || path === '-') {
    return {
      line: (text) => process.stdout.write(text + '\n'),
      close: () => undefined,
    };
  }
  try {
    const file = openSync(path, 'w');
    return {
      line: (text) => {
        write(file, text + '\n');
      },
      close: () => {
        closeSync(file);
      },
    };
  } catch {
    return null;
  }
}
