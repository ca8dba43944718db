/** Numbers of a measurement and what they are held against. */

export interface Measure {
  name: string;
  unit: 'ms' | 'KB' | 'MB' | '%' | 'clips/min';
  /** One for each repetition; empty when it could not be measured (`why`). */
  values: number[];
  why?: string;
  /** What it may be at most, in words and as a test of the median. */
  target?: { text: string; holds: (median: number) => boolean };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low, high] = [sorted[middle - (sorted.length % 2 === 0 ? 1 : 0)] ?? NaN, sorted[middle] ?? NaN];
  return (low + high) / 2;
}

export const atMost = (limit: number, text: string): NonNullable<Measure['target']> => ({
  text,
  holds: (value) => value <= limit,
});

export const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** Runs some work again and again and collects its results. */
export async function repeat<T>(runs: number, work: (run: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let run = 0; run < runs; run++) results.push(await work(run));
  return results;
}

export const pause = (ms: number): Promise<void> =>
  new Promise((done) => {
    setTimeout(done, ms);
  });

export const failed = (name: string, unit: Measure['unit'], error: unknown): Measure => ({
  name,
  unit,
  values: [],
  why: (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '',
});
