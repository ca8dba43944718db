/** Second lane of the panel: what file, picture and page say, unsigned. */
import type { Disclosure } from '../../contract/label';
import { underscored } from '../../contract/words';
import { note } from '../details';
import { h } from '../h';
import { t } from '../text';

function item({ by, says, value, where, kind }: Disclosure): HTMLElement {
  return h(
    'li',
    {},
    h('span', {}, t(`by_${by}`, t(`says_${underscored(says)}`))),
    value === '' ? null : h('q', { dir: 'auto' }, value),
    h('span', { class: 'dim', dir: 'auto' }, [kind, where].filter((part) => part !== '').join(' · ')),
  );
}

export function disclosuresLane(disclosures: Disclosure[]): HTMLElement {
  const some = disclosures.length > 0;
  return h(
    'section',
    { 'data-lane': 'disclosures' },
    h('h2', {}, t('lane_disclosures')),
    h('p', 'line', some ? t('disclosures_some', disclosures.length) : t('disclosures_none')),
    some ? h('ul', 'quotes', ...disclosures.map(item)) : null,
    note(t(some ? 'note_unsigned' : 'note_no_disclosure')),
  );
}
