/** Which lists of signers are trusted, of which date and origin. */
import { h } from '../h';
import { rows } from '../details';
import { day, t } from '../text';
import { fact, factsList, readJson } from './facts';
import type { Facts } from './facts';
import { listAge } from './list-age';

/** Enough of a commit's name to find it by. */
const SHORT = 12;

function list(facts: Facts): HTMLElement {
  const certificates = fact(facts, 'certificates');
  const date = fact(facts, 'date');
  const isClosed = facts['frozen'] === true;
  const age = date === null ? null : listAge(date, new Date());
  return h(
    'li',
    {},
    h('strong', { dir: 'auto' }, fact(facts, 'name', 'file') ?? '?'),
    rows({
      trust_version: fact(facts, 'version', 'commit')?.slice(0, SHORT) ?? null,
      trust_date: date === null ? null : day(date),
      trust_certificates: certificates === '0' ? null : certificates,
      trust_licence: fact(facts, 'licence'),
      trust_source: fact(facts, 'origin'),
    }),
    age === 'future' ? h('p', 'warning', t('trust_future')) : null,
    // Nobody renews a closed list: its age says nothing.
    age === 'old' && !isClosed ? h('p', 'warning', t('trust_old')) : null,
    isClosed ? h('p', 'dim', t('trust_frozen')) : null,
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
