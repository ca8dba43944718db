/** The first-run page: what Assay can and can't know, the personal mark, access to sites. */
import { api } from '../../platform/api';
import { onStorageChange, readSettings, writeSetting } from '../../platform/storage';
import { accessNotice, hasAccess } from '../access';
import { dressPage } from '../form';
import { fill, h } from '../h';
import { markPicker } from '../mark-picker';
import { t } from '../text';
import { sampleSection } from './sample';

function list(title: string, ...keys: string[]): HTMLElement {
  return h('section', {}, h('h2', {}, title), h('ul', {}, ...keys.map((key) => h('li', {}, t(key)))));
}

export async function welcome(): Promise<void> {
  const app = dressPage(t('welcome_title'));
  const access = h('div');
  const mark = h('div');
  const showAccess = async (): Promise<void> => {
    fill(access, (await hasAccess()) ? null : accessNotice(() => void showAccess()));
  };
  let shown = '';
  const showMark = async (): Promise<void> => {
    const settings = await readSettings();
    const now = JSON.stringify(settings.mark);
    if (now === shown) return;
    shown = now;
    fill(
      mark,
      markPicker(settings.mark, (m) => {
        shown = JSON.stringify(m);
        void writeSetting('mark', m);
      }),
    );
  };
  fill(
    app,
    h('h1', {}, t('welcome_title')),
    h('p', {}, t('welcome_lead')),
    access,
    list(t('welcome_can'), 'welcome_can_signed', 'welcome_can_says', 'welcome_can_looks'),
    list(t('welcome_cannot'), 'welcome_cannot_prove', 'welcome_cannot_none', 'welcome_cannot_wrong'),
    list(t('welcome_private'), 'welcome_private_local', 'welcome_private_bytes'),
    h('section', {}, h('h2', {}, t('mark_title')), h('p', {}, t('mark_lead')), mark),
    sampleSection(),
    h('button', { class: 'link', click: () => void api.runtime.openOptionsPage() }, t('open_options')),
  );
  onStorageChange(() => void showMark()); // the mark is drawn while this page opens
  await Promise.all([showAccess(), showMark()]);
}
