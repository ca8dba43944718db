/** The windows of the estimate as lines: paper has no timeline to point at. */
import type { Estimate } from '../../contract/label';
import { h } from '../h';
import { clock, number, t } from '../text';

export function windowList({ windows }: Estimate): HTMLElement | null {
  if (windows.length === 0) return null;
  const line = ({ from_s, to_s, score }: Estimate['windows'][number]): HTMLElement =>
    h('li', {}, `${clock(from_s)}–${clock(to_s)}: ${t('score_of_one', number(score, 2))}`);
  return h('section', {}, h('h2', {}, t('timeline')), h('ul', {}, ...windows.map(line)));
}
