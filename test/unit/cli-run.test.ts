/** What a run says on standard error, and where results go. No browser: nothing here can be opened. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { parseCommandLine, type CliOptions } from '../../src/cli/args';
import { readInputs } from '../../src/cli/inputs';
import { EXIT_NOT_OPENED, run } from '../../src/cli/run';
import type { FileServer } from '../../src/cli/server';

const unused = (): never => {
  throw new Error('nothing is served');
};
const SERVER: FileServer = { file: unused, folder: unused, close: unused };

function optionsOf(args: string[]): CliOptions {
  const parsed = parseCommandLine(args, false);
  if (parsed.kind !== 'run') throw new Error(parsed.kind);
  return parsed.options;
}

async function ranWith(...args: string[]): Promise<{ code: number; out: string[]; err: string }> {
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const out: string[] = [];
  const options = optionsOf(args);
  const output = { line: (text: string) => out.push(text), close: () => undefined };
  const code = await run(readInputs(options.inputs), options, SERVER, output);
  return { code, out, err: said.mock.calls.map(([text]) => String(text)).join('') };
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe.each([
  ['a table', [], 1],
  ['JSON Lines', ['--json'], 0],
])('%s', (_, flags, headers) => {
  it('ends with a count on standard error where there is more than one result', async () => {
    const ran = await ranWith(...flags, 'no/a.mp4', 'no/b.mp4');
    expect(ran.code).toBe(EXIT_NOT_OPENED);
    expect(ran.out).toHaveLength(2 + headers);
    expect(ran.err).toBe(
      'assay: no/a.mp4 does not exist.\nassay: no/b.mp4 does not exist.\nassay: 0 labels, 2 errors.\n',
    );
  });
  it('a single result is not counted', async () => {
    const ran = await ranWith(...flags, '');
    expect(ran.out).toHaveLength(1 + headers);
    expect(ran.err).toBe('assay: An empty name leads to no file.\n');
  });
});
