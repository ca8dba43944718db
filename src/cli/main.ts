/** The command line: `npm start -- ...`. */
import { HELP, parseCommandLine, type CliOptions } from './args';
import { printable } from './fit';
import { gallery } from './gallery';
import { readInputs } from './inputs';
import { openOutput } from './output';
import { EXIT_NOT_OPENED, EXIT_OK, run } from './run';
import { startServer } from './server';

/** Set by the build. */
declare const __VERSION__: string;

const hasDisplay = (): boolean =>
  process.platform !== 'linux' || Boolean(process.env['DISPLAY']) || Boolean(process.env['WAYLAND_DISPLAY']);

function complain(message: string): number {
  process.stderr.write(`assay: ${printable(message)}\n`);
  return EXIT_NOT_OPENED;
}

async function label(options: CliOptions): Promise<number> {
  const output = openOutput(options.out);
  if (output === null) return complain(`${options.out ?? ''} can't be written.`);
  const server = await startServer();
  try {
    if (options.inputs.length === 0) return await gallery(options, server, output);
    return await run(readInputs(options.inputs), options, server, output);
  } finally {
    server.close();
    output.close();
  }
}

async function main(): Promise<number> {
  const parsed = parseCommandLine(process.argv.slice(2), hasDisplay());
  switch (parsed.kind) {
    case 'help':
      process.stdout.write(HELP);
      return EXIT_OK;
    case 'version':
      process.stdout.write(`assay ${__VERSION__}\n`);
      return EXIT_OK;
    case 'mistake':
      return complain(`${parsed.message} --help lists what there is.`);
    case 'run':
      return await label(parsed.options);
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  process.exitCode = complain(message);
}
