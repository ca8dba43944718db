/** The readers of sites' own notices: a switch each, and the day on which each last found one. */
import { noticeSites, readerOffKey, siteNameIn } from '../../contract/notices';
import type { NoticeSite } from '../../contract/notices';
import type { Policy } from '../../contract/policy';
import { forgetFired, readReader, switchReader } from '../../platform/site-readers';
import type { ReaderState } from '../../platform/site-readers';
import { onStorageChange } from '../../platform/storage';
import { checkbox } from '../form';
import { refresh } from '../details';
import { h } from '../h';
import { day, t } from '../text';

function row(site: NoticeSite, { on, fired }: ReaderState, locked: boolean): HTMLElement {
  const found = fired === null ? t('notices_never') : t('notices_fired', day(fired));
  const field = checkbox(
    siteNameIn(`${site}/`) ?? site,
    on,
    (checked) => void switchReader(site, checked),
    found,
    locked,
  );
  field.dataset['reader'] = site;
  return field;
}

/** @param policy what the organisation has set, by key */
export async function noticeReaders(policy: Policy['stored']): Promise<HTMLElement> {
  const list = h('div');
  const forget = h('button', { click: () => void forgetFired() }, t('notices_forget'));
  let shown = '';
  const show = async (): Promise<void> => {
    const states = await Promise.all(noticeSites.map(readReader));
    const words = JSON.stringify(states);
    if (words === shown) return; // any other setting: what has the focus stays
    shown = words;
    forget.disabled = states.every(({ fired }) => fired === null);
    const focused = list.contains(document.activeElement)
      ? document.activeElement?.closest<HTMLElement>('[data-reader]')?.dataset['reader']
      : undefined;
    refresh(
      list,
      document,
      ...noticeSites.map((site, i) => row(site, states[i] as ReaderState, readerOffKey(site) in policy)),
    );
    if (focused !== undefined) list.querySelector<HTMLElement>(`[data-reader="${focused}"] input`)?.focus();
  };
  onStorageChange(() => void show());
  await show();
  return h('section', {}, h('h2', {}, t('notices_title')), h('p', {}, t('notices_lead')), list, forget);
}
