/** Where the badge stands, and how large it is. */
import { SIZES } from '../../contract/extras';
import type { Extras } from '../../contract/extras';
import type { Policy } from '../../contract/policy';
import { CORNERS } from '../../contract/settings';
import type { Settings } from '../../contract/settings';
import { underscored } from '../../contract/words';
import { writeSetting } from '../../platform/storage';
import { choices } from '../form';
import { h } from '../h';
import { t } from '../text';

/** @param policy what the organisation has set, by key */
export function badgeSection({ corner, size }: Settings & Extras, policy: Policy['stored']): HTMLElement {
  const corners = CORNERS.map((value) => ({ value, words: t(`corner_${underscored(value)}`) }));
  const sizes = SIZES.map((value) => ({ value, words: t(`size_${value}`) }));
  return h(
    'section',
    {},
    h('h2', {}, t('badge_title')),
    choices(
      'corner',
      t('corner_title'),
      corners,
      corner,
      (value) => void writeSetting('corner', value),
      'corner' in policy,
    ),
    choices('size', t('size_title'), sizes, size, (value) => void writeSetting('size', value), 'size' in policy),
  );
}
