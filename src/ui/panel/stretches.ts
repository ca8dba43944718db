/** Which parts of a stream were checked, and which of them differ from what was signed. */
import type { Credentials } from '../../contract/label';
import { h } from '../h';
import { clock, t } from '../text';

type Coverage = Credentials['coverage'];
type Span = Coverage['seconds_checked'][number];

/** Shorter ones are a matter of rounding. */
const MIN_GAP_S = 0.25;

export const spanWords = (spans: readonly Span[]): string =>
  spans.map(([from, to]) => `${clock(from)}–${clock(to)}`).join(', ');

/** The rest of the video. */
export function gaps({ seconds_checked, seconds_changed }: Coverage, duration_s: number): Span[] {
  const found: Span[] = [];
  let at = 0;
  const seen = [...seconds_checked, ...seconds_changed].toSorted((a, b) => a[0] - b[0]);
  for (const [from, to] of [...seen, [duration_s, duration_s] as Span]) {
    if (from - at > MIN_GAP_S) found.push([at, from]);
    at = Math.max(at, to);
  }
  return found;
}

/** A bar as long as the video; what is empty was not seen. Null where no stretch is known. */
export function stretches(coverage: Coverage, duration_s: number | null): HTMLElement | null {
  const { seconds_checked, seconds_changed } = coverage;
  if (duration_s === null || seconds_checked.length + seconds_changed.length === 0) return null;
  const part = (kind: string, [from, to]: Span): HTMLElement => {
    const element = h('span', kind);
    element.style.cssText = `inset-inline-start:${(from / duration_s) * 100}%;inline-size:${((to - from) / duration_s) * 100}%`;
    return element;
  };
  return h(
    'div',
    { class: 'stretches', role: 'img', 'aria-label': t('stretches') },
    ...seconds_checked.map((span) => part('checked', span)),
    ...seconds_changed.map((span) => part('changed', span)),
  );
}
