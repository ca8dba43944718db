/** The options page: every setting, and what ships with the extension. */
import type { Policy } from '../../contract/policy';
import { CORNERS } from '../../contract/settings';
import { underscored } from '../../contract/words';
import { send } from '../../platform/messaging';
import { readPolicy } from '../../platform/policy';
import { readSettings, writeSetting } from '../../platform/storage';
import { estimateField } from '../estimate-field';
import { checkbox, choices, dressPage } from '../form';
import { fill, h } from '../h';
import { markPicker } from '../mark-picker';
import { t } from '../text';
import { ownAnchors } from './anchors';
import type { FindAnchors } from './anchors';
import { modelFigures } from './model';
import { siteList } from './sites';
import { trustLists } from './trust';

const MAX_LIMIT_MB = 4096;

function limitField(limitMb: number): HTMLElement {
  const input = h('input', { type: 'number', min: 1, max: MAX_LIMIT_MB, step: 1, value: limitMb });
  input.addEventListener('change', () => {
    if (input.checkValidity() && input.value !== '') void writeSetting('limitMb', input.valueAsNumber);
  });
  return h('label', 'field', h('span', {}, t('limit_title'), h('small', {}, t('limit_hint'))), input);
}

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

/** @param policy what the organisation has set, by key */
function marksField(marks: boolean, policy: Policy['stored']): HTMLElement {
  const set = (on: boolean): void => void writeSetting('marks', on);
  return checkbox(t('switch_marks'), marks, set, t('switch_marks_hint'), 'marks' in policy);
}

/** @param find reads certificates */
export async function options(find: FindAnchors): Promise<void> {
  const app = dressPage(t('options_title'));
  const { estimate, marks, limitMb, corner, mark } = await readSettings();
  const policy = (await readPolicy()).stored;
  const corners = CORNERS.map((value) => ({ value, words: t(`corner_${underscored(value)}`) }));
  fill(
    app,
    h('h1', {}, t('options_title')),
    h(
      'section',
      {},
      h('h2', {}, t('checking_title')),
      estimateField(estimate, policy),
      marksField(marks, policy),
      limitField(limitMb),
    ),
    h(
      'section',
      {},
      h('h2', {}, t('badge_title')),
      choices('corner', t('corner_title'), corners, corner, (value) => void writeSetting('corner', value)),
    ),
    h(
      'section',
      {},
      h('h2', {}, t('mark_title')),
      h('p', {}, t('mark_lead')),
      markPicker(mark, (m) => void writeSetting('mark', m)),
    ),
    siteList(),
    await trustLists(),
    ownAnchors(find),
    await modelFigures(),
    engineSection(),
  );
}
