/** A run over many inputs. Each has a number; run and number make the same bytes again. */
import { mutate } from './mutate';
import type { Bytes } from './bytes';
import { random } from './random';
import type { FuzzSeed } from './seeds';
import { outcomeOf } from './targets';

export interface Range {
  seed: number;
  from: number;
  /** Behind the last one. */
  to: number;
}

export interface Finding {
  input: number;
  name: string;
  what: string;
}

export interface Slowest {
  ms: number;
  input: number;
  name: string;
}

export interface RunReport {
  slowest: Slowest;
  findings: Finding[];
}

const BIG_STEP = 0x9e37_79b1;

export function inputOf(seeds: readonly FuzzSeed[], seed: number, input: number): { from: FuzzSeed; bytes: Bytes } {
  const from = seeds[input % seeds.length] as FuzzSeed;
  return { from, bytes: mutate(from, seeds, random(Math.imul(seed, BIG_STEP) + input)) };
}

/** @param onInput told before each input, so that somebody can see which one never ends */
export async function runInputs(
  seeds: readonly FuzzSeed[],
  { seed, from, to }: Range,
  onInput: (input: number) => void = () => undefined,
): Promise<RunReport> {
  const report: RunReport = { slowest: { ms: 0, input: from, name: '' }, findings: [] };
  for (let input = from; input < to; input++) {
    onInput(input);
    const made = inputOf(seeds, seed, input);
    const { ms, complaint } = await outcomeOf(made.from.target, made.bytes);
    if (ms > report.slowest.ms) report.slowest = { ms, input, name: made.from.name };
    if (complaint !== null) report.findings.push({ input, name: made.from.name, what: complaint });
  }
  return report;
}
