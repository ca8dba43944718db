/** Switches of the popup. Each writes its own key only, so that two open popups keep both changes. */
import { isOn } from '../../contract/settings';
import type { Settings, SiteSwitch } from '../../contract/settings';
import { writeSetting, writeSite } from '../../platform/storage';
import { checkbox, choices } from '../form';
import { h } from '../h';
import { t } from '../text';

/** What is stored for a site so that it is on or off under a mode; undefined where the mode says it already. */
export function siteSwitch(mode: Settings['mode'], on: boolean): SiteSwitch | undefined {
  if (mode === 'everywhere') return on ? undefined : 'off';
  return on ? 'on' : undefined;
}

/** @param site top-level site of the tab; null where Assay can't work at all */
export function switches(settings: Settings, site: string | null, stored: SiteSwitch | undefined): HTMLElement {
  const { enabled, mode, estimate } = settings;
  const here =
    site === null || !enabled
      ? null
      : checkbox(t('switch_site', site), isOn(settings, stored), (on) => void writeSite(site, siteSwitch(mode, on)));
  const modes = [
    { value: 'everywhere', words: t('mode_everywhere') },
    { value: 'chosen', words: t('mode_chosen') },
  ] as const;
  return h(
    'div',
    'switches',
    checkbox(t('switch_all'), enabled, (on) => void writeSetting('enabled', on)),
    here,
    enabled ? choices('mode', t('mode_title'), modes, mode, (value) => void writeSetting('mode', value)) : null,
    enabled
      ? checkbox(t('switch_estimate'), estimate, (on) => void writeSetting('estimate', on), t('switch_estimate_hint'))
      : null,
  );
}
