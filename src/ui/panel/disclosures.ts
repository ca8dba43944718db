/** Second lane of the panel: what file, picture and page say, unsigned. */
import type { Disclosure, Label } from '../../contract/label';
import { siteNameIn } from '../../contract/notices';
import { agreeingOwner, underscored } from '../../contract/words';
import { known, note } from '../details';
import { h } from '../h';
import { t } from '../text';
import { pictureOf } from './picture';

/** Who says it and what. */
function statement({ by, says, where }: Disclosure): string {
  const site = by === 'page' ? siteNameIn(where) : null;
  const words = t(`says_${underscored(says)}`);
  return site === null ? t(`by_${by}`, words) : t('by_site', site, words);
}

/** @param crop what the picture shows, of a mark in it */
function item(disclosure: Disclosure, crop: Blob | undefined): HTMLElement {
  const { by, value, where, kind, mark } = disclosure;
  return h(
    'li',
    {},
    h('span', {}, statement(disclosure)),
    value === '' ? null : h('q', { dir: 'auto' }, value),
    crop === undefined ? null : pictureOf(crop, 'crop'),
    mark === undefined || mark.text === value ? null : h('span', { dir: 'auto' }, t('mark_read', mark.text)),
    h('span', { class: 'dim', dir: 'auto' }, [kind, where].filter((part) => part !== '').join(' · ')),
    by === 'page' ? h('span', 'dim', t('note_notice')) : null,
  );
}

/** Who could have made these, said once for all of them; a site's own notice has its note beside it. */
function whose(disclosures: readonly Disclosure[]): HTMLElement | null {
  if (disclosures.length === 0) return note(t('note_no_disclosure'));
  if (disclosures.some(({ by }) => by === 'file')) return note(t('note_unsigned'));
  return disclosures.some(({ by }) => by === 'picture') ? note(t('note_mark')) : null;
}

/** @param crops of the marks in the picture, in their order */
export function disclosuresLane({ credentials, disclosures }: Label, crops: readonly Blob[]): HTMLElement {
  const some = disclosures.length > 0;
  const marks = disclosures.filter(({ mark }) => mark !== undefined);
  const items = disclosures.map((d) => item(d, crops[marks.indexOf(d)]));
  return h(
    'section',
    { 'data-lane': 'disclosures' },
    h('h2', {}, t('lane_disclosures')),
    h('p', 'line', some ? t('disclosures_some', disclosures.length) : t('disclosures_none')),
    some ? h('ul', 'quotes', ...items) : null,
    known(agreeingOwner(credentials, disclosures), (owner) => h('p', { dir: 'auto' }, t('mark_agrees', owner))),
    whose(disclosures),
  );
}
