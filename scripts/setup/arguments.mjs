/** Arguments of the commands: a mistake in them is one sentence. */
import { parseArgs } from 'node:util';
import { fail } from './say.mjs';

/** Node's sentence goes on with advice for those who write commands; the first one is what people need. */
const firstSentence = (message) => (message.split(/\.\s|\n/)[0] ?? message).replace(/\.?$/, '.');

/** @returns `values` and `positionals`, as Node's `parseArgs` gives them; without options nothing may be given */
export function readArguments(options = {}, allowPositionals = false) {
  try {
    return parseArgs({ options, allowPositionals, args: process.argv.slice(2) });
  } catch (error) {
    return fail(firstSentence(error.message));
  }
}
