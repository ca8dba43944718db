/** Which lists of signers are trusted, of which date and origin. */
import { h } from '../h';
import { rows } from '../details';
import { t } from '../text';
import { fact, factsList, readJson } from './facts';
import type { Facts } from './facts';

function list(facts: Facts): HTMLElement {
  const certificates = fact(facts, 'certificates');
  return h(
    'li',
    {},
    h('strong', { dir: 'auto' }, fact(facts, 'name', 'file') ?? '?'),
    rows({
      trust_version: fact(facts, 'version', 'date'),
      trust_certificates: certificates === '0' ? null : certificates,
      trust_licence: fact(facts, 'licence'),
      trust_source: fact(facts, 'origin'),
    }),
  );
}

export async function trustLists(): Promise<HTMLElement> {
  const lists = factsList(await readJson('/trust/sources.json'));
  return h(
    'section',
    {},
    h('h2', {}, t('trust_title')),
    h('p', {}, t('trust_lead')),
    lists.length === 0 ? h('p', 'dim', t('trust_none')) : h('ul', {}, ...lists.map(list)),
  );
}
