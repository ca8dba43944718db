/** Labels a list of inputs and prints the results as they come. */
import type { CliOptions } from './args';
import { inOrder } from './in-order';
import type { Input } from './inputs';
import { jsonLine } from './jsonl';
import { labelInput, type Result } from './label-input';
import type { Output } from './output';
import { progress } from './progress';
import { readyBrowser } from './ready-browser';
import type { FileServer } from './server';
import { browserSession } from './session';
import { table } from './table';

export const EXIT_OK = 0;
export const EXIT_NOT_OPENED = 2;

/** @returns the exit code */
export async function run(inputs: Input[], options: CliOptions, server: FileServer, output: Output): Promise<number> {
  const { json } = options;
  const session = browserSession(() => readyBrowser(options));
  // What is wrong with them is said in place of all results.
  if (options.anchors !== undefined) await session.browser();
  const bar = progress(inputs.length, process.stderr);
  const rows = table(inputs.map(({ input }) => input));
  let exitCode = EXIT_OK;

  const tell = (results: Result[], { input }: Input): void => {
    bar.clear();
    for (const result of results) {
      if (result.schema === 'assay-error/1') {
        exitCode = EXIT_NOT_OPENED;
        if (json || options.out !== undefined) process.stderr.write(`assay: ${result.error.message}\n`);
      }
      output.line(json ? jsonLine(result) : rows.row(result));
    }
    bar.step(input);
    bar.draw();
  };

  bar.draw();
  if (!json) output.line(rows.header());
  try {
    // Errors need no browser: when nothing can be opened, none is started.
    await inOrder(inputs, options.jobs, (input) => labelInput(input, session, server, options), tell);
  } finally {
    bar.clear();
    await session.close();
  }
  return exitCode;
}
