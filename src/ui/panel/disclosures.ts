/** Second lane of the panel: what file, picture and page say, unsigned. */
import type { Disclosure } from '../../contract/label';
import { siteNameIn } from '../../contract/notices';
import { underscored } from '../../contract/words';
import { note } from '../details';
import { h } from '../h';
import { t } from '../text';

/** Who says it and what. */
function statement({ by, says, where }: Disclosure): string {
  const site = by === 'page' ? siteNameIn(where) : null;
  const words = t(`says_${underscored(says)}`);
  return site === null ? t(`by_${by}`, words) : t('by_site', site, words);
}

function item(disclosure: Disclosure): HTMLElement {
  const { by, value, where, kind } = disclosure;
  return h(
    'li',
    {},
    h('span', {}, statement(disclosure)),
    value === '' ? null : h('q', { dir: 'auto' }, value),
    h('span', { class: 'dim', dir: 'auto' }, [kind, where].filter((part) => part !== '').join(' · ')),
    by === 'page' ? h('span', 'dim', t('note_notice')) : null,
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
