/** Runs the built command line. */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import * as v from 'valibot';
import { errorSchema, labelSchema, type Label, type LabelError } from '../../../src/contract/label';

export interface Ran {
  code: number | null;
  out: string;
  err: string;
}

export const CLI = resolve('dist/cli/cli.mjs');

/** @param cwd where the user stands */
export function runCommand(command: string, args: string[], cwd = '.'): Promise<Ran> {
  return new Promise((done) => {
    const { INIT_CWD: _, ...env } = process.env; // of the command that runs the tests
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const ran: Ran = { code: null, out: '', err: '' };
    child.stdout.on('data', (data: Buffer) => (ran.out += data.toString()));
    child.stderr.on('data', (data: Buffer) => (ran.err += data.toString()));
    child.once('close', (code) => {
      done({ ...ran, code });
    });
  });
}

export const cli = (...args: string[]): Promise<Ran> => runCommand(process.execPath, [CLI, ...args]);

const resultSchema = v.variant('schema', [labelSchema, errorSchema]);

/** Results of `--json`, each checked. */
export const lines = (ran: Ran): (Label | LabelError)[] =>
  ran.out
    .split('\n')
    .filter(Boolean)
    .map((line) => v.parse(resultSchema, JSON.parse(line)));
