/** Switches of the popup. Each writes its own key only, so that two open popups keep both changes. */
import { isOn, siteKey } from '../../contract/settings';
import type { Settings, SiteSwitch } from '../../contract/settings';
import type { Policy } from '../../contract/policy';
import { writeSetting, writeSite } from '../../platform/storage';
import { estimateField } from '../estimate-field';
import { checkbox, choices } from '../form';
import { h } from '../h';
import { t } from '../text';

/** What is stored for a site so that it is on or off under a mode; undefined where the mode says it already. */
export function siteSwitch(mode: Settings['mode'], on: boolean): SiteSwitch | undefined {
  if (mode === 'everywhere') return on ? undefined : 'off';
  return on ? 'on' : undefined;
}

function siteField(settings: Settings, site: string, stored: SiteSwitch | undefined, locked: boolean): HTMLElement {
  const set = (on: boolean): void => void writeSite(site, siteSwitch(settings.mode, on));
  return checkbox(t('switch_site', site), isOn(settings, stored), set, undefined, locked);
}

/**
 * @param site top-level site of the tab; null where Assay can't work at all
 * @param policy what the organisation has set, by key
 */
export function switches(
  settings: Settings,
  site: string | null,
  stored: SiteSwitch | undefined,
  policy: Policy['stored'],
): HTMLElement {
  const { enabled, mode, estimate } = settings;
  const modes = [
    { value: 'everywhere', words: t('mode_everywhere') },
    { value: 'chosen', words: t('mode_chosen') },
  ] as const;
  return h(
    'div',
    'switches',
    checkbox(t('switch_all'), enabled, (on) => void writeSetting('enabled', on), undefined, 'enabled' in policy),
    enabled && site !== null && siteField(settings, site, stored, siteKey(site) in policy),
    enabled &&
      choices('mode', t('mode_title'), modes, mode, (value) => void writeSetting('mode', value), 'mode' in policy),
    enabled && estimateField(estimate, policy),
  );
}
