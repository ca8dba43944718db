/** The switch of the estimate lane: it stands in the popup and in the options. */
import type { Policy } from '../contract/policy';
import { writeSetting } from '../platform/storage';
import { checkbox } from './form';
import { t } from './text';

/** @param policy what the organisation has set, by key */
export function estimateField(estimate: boolean, policy: Policy['stored']): HTMLElement {
  const set = (on: boolean): void => void writeSetting('estimate', on);
  return checkbox(t('switch_estimate'), estimate, set, t('switch_estimate_hint'), 'estimate' in policy);
}
