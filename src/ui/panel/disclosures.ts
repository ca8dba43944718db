/** Second lane of the panel: what file, picture and page say, unsigned. */
import type { Disclosure } from '../../contract/label';
import { underscored } from '../../contract/words';
import { h } from '../h';
import { t } from '../text';

function item({ by, says, value, where, kind }: Disclosure): HTMLElement {
  return h(
    'li',
    {},
    h('span', {}, t(`by_${by}`, t(`says_${underscored(says)}`))),
    value === '' ? null : h('q', { attrs: { dir: 'auto' } }, value),
    h('span', { class: 'dim', attrs: { dir: 'auto' } }, [kind, where].filter((part) => part !== '').join(' · ')),
  );
}

export function disclosuresLane(disclosures: Disclosure[]): HTMLElement {
  const some = disclosures.length > 0;
  return h(
    'section',
    { attrs: { 'data-lane': 'disclosures' } },
    h('h2', {}, t('lane_disclosures')),
    h('p', { class: 'line' }, some ? t('disclosures_some', disclosures.length) : t('disclosures_none')),
    some ? h('ul', { class: 'quotes' }, ...disclosures.map(item)) : null,
    h('p', { class: 'dim' }, t(some ? 'note_unsigned' : 'note_no_disclosure')),
  );
}
