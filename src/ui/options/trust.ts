/** Which lists of signers are trusted, of which date and origin. */
import { h } from '../h';
import { row } from '../details';
import { t } from '../text';
import { fact, factsList, readJson } from './facts';
import type { Facts } from './facts';

function list(facts: Facts): HTMLElement {
  const certificates = fact(facts, 'certificates');
  return h(
    'li',
    {},
    h('strong', { attrs: { dir: 'auto' } }, fact(facts, 'name', 'file') ?? '?'),
    h(
      'dl',
      {},
      ...row(t('trust_version'), fact(facts, 'version', 'date')),
      ...row(t('trust_certificates'), certificates === '0' ? null : certificates),
      ...row(t('trust_licence'), fact(facts, 'licence')),
      ...row(t('trust_source'), fact(facts, 'origin')),
    ),
  );
}

export async function trustLists(): Promise<HTMLElement> {
  const lists = factsList(await readJson('/trust/sources.json'));
  return h(
    'section',
    {},
    h('h2', {}, t('trust_title')),
    h('p', {}, t('trust_lead')),
    lists.length === 0 ? h('p', { class: 'dim' }, t('trust_none')) : h('ul', {}, ...lists.map(list)),
  );
}
