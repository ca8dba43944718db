/** Reading JSON of a page: nothing of its shape, size or depth is trusted, and only own properties count. */

/** Texts beyond this length are not read. */
const MAX_LENGTH = 1_000_000;
/** Objects and arrays that are looked at in one text. */
const MAX_NODES = 100_000;

export function parse(text: string | null): unknown {
  if (text === null || text.length > MAX_LENGTH) return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** What was made of scripts with data, by their length: one that the parser is still reading grows. */
const made = new WeakMap<Element, { length: number; value: unknown }>();

/** Reads a script with data once. @param read makes something of its text */
export function ofScript<T>(script: Element, read: (text: string) => T): T {
  const length = script.firstChild?.nodeValue?.length ?? 0;
  const before = made.get(script);
  if (before?.length === length) return before.value as T;
  const value = read(script.textContent);
  made.set(script, { length, value });
  return value;
}

/** Goes down a path of own properties; undefined where it ends. */
export function at(value: unknown, ...path: string[]): unknown {
  let here = value;
  for (const key of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return undefined;
    here = (here as Record<string, unknown>)[key];
  }
  return here;
}

export function textAt(value: unknown, ...path: string[]): string | null {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : null;
}

export function listAt(value: unknown, ...path: string[]): unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** All objects in a value that have such a property of their own; without recursion, for depth is in the page's hand. */
export function objectsWith(root: unknown, key: string): object[] {
  const found: object[] = [];
  const waiting: unknown[] = [root];
  for (let nodes = 0; waiting.length > 0 && nodes < MAX_NODES; nodes++) {
    const value = waiting.pop();
    if (typeof value !== 'object' || value === null) continue;
    if (Object.hasOwn(value, key)) found.push(value);
    for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) waiting.push(inner);
  }
  return found;
}
