/** Turns functions and their arguments into expressions that browsers evaluate. */
import type { PageCode } from './driver';

/** An expression whose value is a promise of the JSON text of the code's result. */
export function jsonExpression(code: PageCode<unknown>, args: unknown[]): string {
  const call =
    typeof code === 'string' && args.length === 0 ? code : `(${String(code)})(${args.map(literal).join(',')})`;
  return `(async () => JSON.stringify((await (${call})) ?? null))()`;
}

/** A function of one element (a shadow root) whose result is a promise of JSON text. */
export function jsonFunction(code: PageCode<unknown>, args: unknown[]): string {
  const rest = args.map((arg) => `,${literal(arg)}`).join('');
  return `async (root) => JSON.stringify((await (${String(code)})(root${rest})) ?? null)`;
}

const literal = (value: unknown): string => (value === undefined ? 'undefined' : JSON.stringify(value));

const STEP_MS = 100;

/** Asks again until the answer is truthy. A failing question counts as "not yet": pages navigate. */
export async function poll<T>(ask: () => Promise<T>, timeoutMs: number, what: string): Promise<T> {
  const end = performance.now() + timeoutMs;
  let last: unknown = null;
  for (;;) {
    try {
      const value = await ask();
      if (value) return value;
      last = value;
    } catch (error) {
      last = error instanceof Error ? error.message : error;
    }
    if (performance.now() > end) throw new Error(`not within ${String(timeoutMs)} ms: ${what} (last: ${String(last)})`);
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  }
}
