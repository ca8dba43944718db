/** Sites with a switch of their own, each with the means to forget it. */
import { siteKey } from '../../contract/settings';
import { readPolicy } from '../../platform/policy';
import { onStorageChange, readSites, writeSite } from '../../platform/storage';
import { refresh } from '../details';
import { h } from '../h';
import { t } from '../text';

export function siteList(): HTMLElement {
  const list = h('div');
  const show = async (): Promise<void> => {
    const sites = [...(await readSites())].sort(([a], [b]) => a.localeCompare(b));
    const policy = (await readPolicy()).stored;
    const forget = (site: string): HTMLElement =>
      h('button', { 'aria-label': t('forget_site', site), click: () => void writeSite(site, undefined) }, t('forget'));
    const item = ([site, value]: (typeof sites)[number]): HTMLElement =>
      h(
        'li',
        {},
        h('bdi', {}, site),
        h('span', 'dim', t(value === 'on' ? 'site_on' : 'site_off')),
        siteKey(site) in policy ? h('small', {}, t('by_organisation')) : forget(site),
      );
    refresh(list, document, sites.length === 0 ? h('p', 'dim', t('sites_none')) : h('ul', 'sites', ...sites.map(item)));
  };
  onStorageChange(() => void show());
  void show();
  return h('section', {}, h('h2', {}, t('sites_title')), list);
}
