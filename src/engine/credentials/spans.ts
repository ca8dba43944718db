/** Stretches of time, in order and apart. */
export type Span = [from: number, to: number];

/** Players and clocks round: stretches this close are one. */
const GAP_S = 0.05;

export function addSpan(spans: readonly Span[], span: Span | null): Span[] {
  const all = span === null ? [...spans] : [...spans, span];
  const joined: Span[] = [];
  for (const [from, to] of all.toSorted((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last[1] + GAP_S) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}
