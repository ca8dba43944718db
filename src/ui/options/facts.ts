/** Facts about what ships with the extension, read from its own files; whatever is missing is not shown. */
export type Facts = Record<string, unknown>;

const isRecord = (value: unknown): value is Facts =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export async function readJson(path: string): Promise<unknown> {
  try {
    return await (await fetch(path)).json();
  } catch {
    return null; // not in this package
  }
}

/** The first of several names under which a fact may stand, as text. */
export function fact(facts: Facts, ...names: string[]): string | null {
  for (const name of names) {
    const value = facts[name];
    if (typeof value === 'string' && value !== '') return value;
    if (typeof value === 'number') return String(value);
    if (Array.isArray(value)) return String(value.length);
  }
  return null;
}

/** A list of facts: an array, or one inside an object, or the values of an object. */
export function factsList(json: unknown): Facts[] {
  if (Array.isArray(json)) return json.filter(isRecord);
  if (!isRecord(json)) return [];
  const inner = Object.values(json).find(Array.isArray);
  return inner === undefined ? Object.values(json).filter(isRecord) : factsList(inner);
}

export const factsIn = (json: unknown, name: string): Facts | null => {
  const value = isRecord(json) ? json[name] : null;
  return isRecord(value) ? value : null;
};

export const asFacts = (json: unknown): Facts | null => (isRecord(json) ? json : null);
