/** The popup: videos of one tab, and the switches. */
import { isOn, siteOf } from '../../contract/settings';
import { api } from '../../platform/api';
import { isAtWork } from '../../platform/inject';
import { readPolicy } from '../../platform/policy';
import { onStorageChange, readSettings, readSite } from '../../platform/storage';
import { tabVideos } from '../../platform/tab-videos';
import { accessNotice, hasAccess } from '../access';
import { dressPage } from '../form';
import { refresh } from '../details';
import { fill, h } from '../h';
import { t } from '../text';
import { videoList } from './rows';
import { switches } from './switches';

interface Tab {
  id: number;
  url: string;
}

/** The active tab; `?tab=` names another one (the popup opened as a page). */
async function currentTab(): Promise<Tab | null> {
  const asked = new URLSearchParams(location.search).get('tab');
  const tab =
    asked === null
      ? (await api.tabs.query({ active: true, currentWindow: true }))[0]
      : await api.tabs.get(Number(asked));
  return tab?.id === undefined ? null : { id: tab.id, url: tab.url ?? '' };
}

export async function popup(): Promise<void> {
  const app = dressPage(t('extension_name'));
  const tab = await currentTab();
  const site = tab !== null && /^(https?|file):/.test(tab.url) ? siteOf(tab.url) : null;
  const notice = h('div');
  const controls = h('div');
  const list = h('div', { class: 'list', 'aria-live': 'polite' });
  fill(app, notice, h('h1', {}, t('videos_here')), list, controls, links());

  let none = '';
  const refreshSwitches = async (): Promise<void> => {
    const stored = site === null ? undefined : await readSite(site);
    const policy = (await readPolicy()).stored;
    const settings = await readSettings();
    if (site === null || tab === null) none = t('no_videos');
    else if (!isOn(settings, stored)) none = t('off_here');
    else none = t((await isAtWork(tab.id)) ? 'no_videos' : 'open_before');
    refresh(controls, document, switches(settings, site, stored, policy));
    showVideos();
  };
  const refreshAccess = async (): Promise<void> => {
    const granted = await hasAccess(tab?.url);
    fill(notice, granted ? null : accessNotice(() => void refreshAccess()));
  };
  const showVideos = (): void => {
    refresh(
      list,
      document,
      videoList(line?.rows() ?? [], none, (frame, id) => {
        line?.show(frame, id);
      }),
    );
  };
  onStorageChange(() => void refreshSwitches());
  const line = tab === null ? null : tabVideos(tab.id, showVideos);
  await Promise.all([refreshSwitches(), refreshAccess()]);
}

function links(): HTMLElement {
  const files = (): void => void api.tabs.create({ url: api.runtime.getURL('label.html') });
  const options = (): void => void api.runtime.openOptionsPage();
  return h(
    'div',
    'links',
    h('button', { class: 'link', id: 'label-files', click: files }, t('label_files_title')),
    h('button', { class: 'link', click: options }, t('open_options')),
  );
}
