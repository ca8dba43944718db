/** What is checked, and how much of it. */
import type { Extras } from '../../contract/extras';
import type { Policy } from '../../contract/policy';
import type { Settings } from '../../contract/settings';
import { writeSetting } from '../../platform/storage';
import { estimateField } from '../estimate-field';
import { checkbox } from '../form';
import { h } from '../h';
import { t } from '../text';

const MAX_LIMIT_MB = 4096;

function limitField(limitMb: number): HTMLElement {
  const input = h('input', { type: 'number', min: 1, max: MAX_LIMIT_MB, step: 1, value: limitMb });
  input.addEventListener('change', () => {
    if (input.checkValidity() && input.value !== '') void writeSetting('limitMb', input.valueAsNumber);
  });
  return h('label', 'field', h('span', {}, t('limit_title'), h('small', {}, t('limit_hint'))), input);
}

const marksField = (marks: boolean, locked: boolean): HTMLElement =>
  checkbox(t('switch_marks'), marks, (on) => void writeSetting('marks', on), t('switch_marks_hint'), locked);

const saverField = (saver: boolean, locked: boolean): HTMLElement =>
  checkbox(t('saver_title'), saver, (on) => void writeSetting('saver', on), t('saver_hint'), locked);

/** @param policy what the organisation has set, by key */
export function checkingSection(
  { estimate, marks, limitMb, saver }: Settings & Extras,
  policy: Policy['stored'],
): HTMLElement {
  return h(
    'section',
    {},
    h('h2', {}, t('checking_title')),
    estimateField(estimate, policy),
    marksField(marks, 'marks' in policy),
    saverField(saver, 'saver' in policy),
    limitField(limitMb),
  );
}
