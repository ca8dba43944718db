/** Labels a list of inputs and prints the results as they come. */
import type { CliOptions } from './args';
import { printable } from './fit';
import { inOrder } from './in-order';
import type { Input } from './inputs';
import { jsonLine } from './jsonl';
import { labelInput, type Result } from './label-input';
import type { Output } from './output';
import { progress } from './progress';
import { readyBrowser } from './ready-browser';
import type { FileServer } from './server';
import { bareAddress } from '../contract/bare-address';
import { browserSession } from './session';
import { table } from './table';

export const EXIT_OK = 0;
export const EXIT_NOT_OPENED = 2;

const counted = (number: number, what: string): string => `${String(number)} ${what}${number === 1 ? '' : 's'}`;

const summary = (labels: number, errors: number): string =>
  `assay: ${counted(labels, 'label')}, ${errors === 0 ? 'no errors' : counted(errors, 'error')}.\n`;

/** @returns the exit code */
export async function run(inputs: Input[], options: CliOptions, server: FileServer, output: Output): Promise<number> {
  const { json } = options;
  const session = browserSession(() => readyBrowser(options));
  // What is wrong with them is said in place of all results.
  if (options.anchors !== undefined) await session.browser();
  const bar = progress(inputs.length, process.stderr);
  const rows = table(inputs);
  let labels = 0;
  let errors = 0;

  const tell = (results: Result[], { input }: Input): void => {
    bar.clear();
    for (const result of results) {
      if (result.schema === 'assay-error/1') {
        errors++;
        process.stderr.write(`assay: ${printable(result.error.message)}\n`);
      } else labels++;
      output.line(json ? jsonLine(result) : rows.row(result));
    }
    bar.step(bareAddress(input));
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
  if (labels + errors > 1) process.stderr.write(summary(labels, errors));
  return errors === 0 ? EXIT_OK : EXIT_NOT_OPENED;
}
