/**
 * Settings: one storage key each, so that two writers never overwrite each other's change.
 * Sites have a key of their own (`site:<site>`).
 */
import * as v from 'valibot';

export const CORNERS = ['top-left', 'top-right', 'bottom-left', 'bottom-right'] as const;

/** Symbols a personal mark can have; each is drawn as text in the badge and the panel. */
export const MARK_SYMBOLS = ['◆', '●', '▲', '■', '★', '✚', '⬟', '♣', '♥', '☾', '✿', '⚓'] as const;
/** Colours of the personal mark; each has a contrast of at least 4.5:1 on the badge's plate (#14171c). */
export const MARK_COLOURS = ['#ffb454', '#7fd1ff', '#ff9db0', '#c3e88d', '#d6acff', '#f0e06a', '#8fe3d0'] as const;

export const markSchema = v.object({ symbol: v.picklist(MARK_SYMBOLS), colour: v.picklist(MARK_COLOURS) });
export type Mark = v.InferOutput<typeof markSchema>;

export const settingsSchema = v.object({
  /** The main switch. */
  enabled: v.fallback(v.boolean(), true),
  /** Everywhere except sites switched off, or only on sites switched on. */
  mode: v.fallback(v.picklist(['everywhere', 'chosen']), 'everywhere'),
  /** The estimate lane; off = credentials and disclosures only. */
  estimate: v.fallback(v.boolean(), true),
  /** Files up to this many megabytes are read whole without a click. */
  limitMb: v.fallback(v.pipe(v.number(), v.minValue(1), v.maxValue(4096)), 256),
  corner: v.fallback(v.picklist(CORNERS), 'top-left'),
  mark: v.fallback(markSchema, { symbol: '◆', colour: '#ffb454' }),
});
export type Settings = v.InferOutput<typeof settingsSchema>;
export type SettingName = keyof Settings;

export type SiteSwitch = 'on' | 'off';
export const siteKey = (site: string): string => `site:${site}`;

/**
 * The name under which a site is switched: the host of the top-level document without a leading
 * `www.`; the scheme for pages without a host (`file:`).
 * @param url address of the top-level document
 * @returns null for an address that can't be read
 */
export function siteOf(url: string): string | null {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return null;
  }
  return parsed.hostname === '' ? parsed.protocol : parsed.hostname.replace(/^www\./, '');
}

/** Whether Assay works on a site, from the settings and that site's own switch. */
export function isOn(settings: Pick<Settings, 'enabled' | 'mode'>, site: SiteSwitch | undefined): boolean {
  if (!settings.enabled) return false;
  return settings.mode === 'everywhere' ? site !== 'off' : site === 'on';
}
