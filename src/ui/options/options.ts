/** The options page: every setting, and what ships with the extension. */
import { send } from '../../platform/messaging';
import { readPolicy } from '../../platform/policy';
import { readExtras, readSettings, writeSetting } from '../../platform/storage';
import { dressPage } from '../form';
import { fill, h } from '../h';
import { markPicker } from '../mark-picker';
import { t } from '../text';
import { ownAnchors } from './anchors';
import type { FindAnchors } from './anchors';
import { badgeSection } from './badge';
import { checkingSection } from './checking';
import { languageSection } from './language';
import { modelFigures } from './model';
import { noticeReaders } from './notices';
import { siteList } from './sites';
import { storedSection } from './stored';
import { trustLists } from './trust';

function engineSection(): HTMLElement {
  const said = h('span', { role: 'status' });
  const restart = async (): Promise<void> => {
    await send('engine.restart', null);
    said.textContent = t('engine_restarted');
  };
  return h(
    'section',
    {},
    h('h2', {}, t('engine_title')),
    h('p', {}, t('engine_lead')),
    h('button', { click: () => void restart() }, t('engine_restart')),
    ' ',
    said,
  );
}

/** @param find reads certificates */
export async function options(find: FindAnchors): Promise<void> {
  const app = dressPage(t('options_title'));
  const settings = { ...(await readSettings()), ...(await readExtras()) };
  const policy = (await readPolicy()).stored;
  fill(
    app,
    h('h1', {}, t('options_title')),
    checkingSection(settings, policy),
    badgeSection(settings, policy),
    h(
      'section',
      {},
      h('h2', {}, t('mark_title')),
      h('p', {}, t('mark_lead')),
      markPicker(settings.mark, (m) => void writeSetting('mark', m)),
    ),
    languageSection(settings.language, policy),
    siteList(),
    await noticeReaders(policy),
    await trustLists(),
    ownAnchors(find),
    await modelFigures(),
    storedSection(),
    engineSection(),
  );
}
