/** What a badge says, as lines with its shapes: where there is room for words. */
import { METER, STATEMENT } from './badge/glyphs';
import type { BadgeView } from './badge/view';
import { h, picture } from './h';

export function lines({ provenance, likelihood }: BadgeView): HTMLElement {
  const line = (path: string, text: string): HTMLElement => h('span', 'line', picture(path), h('span', {}, text));
  return h(
    'span',
    'lines',
    line(STATEMENT[provenance.glyph], provenance.words),
    likelihood === null ? null : line(METER[likelihood.glyph], likelihood.words),
  );
}
