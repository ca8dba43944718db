/**
 * Settings: one storage key each, so that two writers never overwrite each other's change.
 * Sites have a key of their own (`site:<site>`).
 */
export const CORNERS = ['top-left', 'top-right', 'bottom-left', 'bottom-right'] as const;

/** Everywhere except sites switched off, or only on sites switched on. */
export const MODES = ['everywhere', 'chosen'] as const;

/** Symbols a personal mark can have; each is drawn as text in the badge and the panel. */
export const MARK_SYMBOLS = ['◆', '●', '▲', '■', '★', '✚', '⬟', '♣', '♥', '☾', '✿', '⚓'] as const;
/** Colours of the personal mark; each has a contrast of at least 4.5:1 on the badge's plate (#14171c). */
export const MARK_COLOURS = ['#ffb454', '#7fd1ff', '#ff9db0', '#c3e88d', '#d6acff', '#f0e06a', '#8fe3d0'] as const;

export interface Mark {
  symbol: (typeof MARK_SYMBOLS)[number];
  colour: (typeof MARK_COLOURS)[number];
}

export interface Settings {
  /** The main switch. */
  enabled: boolean;
  mode: (typeof MODES)[number];
  /** The estimate lane; off = credentials and disclosures only. */
  estimate: boolean;
  /** Marks of generators and statements in the picture are read. */
  marks: boolean;
  /** Files up to this many megabytes (1 to 4096) are read whole without a click. */
  limitMb: number;
  corner: (typeof CORNERS)[number];
  mark: Mark;
}

export const DEFAULTS: Settings = {
  enabled: true,
  mode: 'everywhere',
  estimate: true,
  marks: true,
  limitMb: 256,
  corner: 'top-left',
  mark: { symbol: '◆', colour: '#ffb454' },
};

const oneOf = <T>(list: readonly T[], value: unknown): T | undefined => list.find((item) => item === value);

function markOf(value: unknown): Mark {
  const { symbol, colour } = Object(value) as Record<string, unknown>;
  return {
    symbol: oneOf(MARK_SYMBOLS, symbol) ?? DEFAULTS.mark.symbol,
    colour: oneOf(MARK_COLOURS, colour) ?? DEFAULTS.mark.colour,
  };
}

/**
 * Settings from what is stored; the default stands in for what is missing or broken. Written by hand, since the
 * content script needs it and has no room for a schema library.
 */
export function settingsFrom(stored: Record<string, unknown>): Settings {
  const flag = (key: 'enabled' | 'estimate' | 'marks'): boolean => {
    const value = stored[key];
    return typeof value === 'boolean' ? value : DEFAULTS[key];
  };
  const limit = stored['limitMb'];
  return {
    enabled: flag('enabled'),
    mode: oneOf(MODES, stored['mode']) ?? DEFAULTS.mode,
    estimate: flag('estimate'),
    marks: flag('marks'),
    limitMb: typeof limit === 'number' && limit >= 1 && limit <= 4096 ? limit : DEFAULTS.limitMb,
    corner: oneOf(CORNERS, stored['corner']) ?? DEFAULTS.corner,
    mark: markOf(stored['mark']),
  };
}

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
