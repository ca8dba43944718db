/** The part of a long run that may never come back: it runs in a thread of its own. */
import { runInputs } from './run';
import type { Range, RunReport } from './run';
import { allSeeds } from './seeds';

/** @param at holds the number of the input that is being read */
export async function workOff(range: Range, at: Int32Array): Promise<RunReport> {
  return await runInputs(await allSeeds(), range, (input) => {
    Atomics.store(at, 0, input);
  });
}
