/** Settings and site switches in `storage.local`; each key is written alone. The organisation's policy wins. */
import { EXTRAS, extrasFrom } from '../contract/extras';
import type { Extras } from '../contract/extras';
import { DEFAULTS, settingsFrom, siteKey } from '../contract/settings';
import type { Settings, SiteSwitch } from '../contract/settings';
import { api } from './api';

/** Key of what the organisation's policy sets, by the keys that it sets (`platform/policy.ts`). */
export const POLICY = 'policy';

/** What is stored, the policy over it. @param keys null: all */
export async function read(keys: string[] | null): Promise<Record<string, unknown>> {
  const { [POLICY]: policy, ...own } = await api.storage.local.get(keys && [...keys, POLICY]);
  return { ...own, ...(policy as object | undefined) };
}

/** All settings, with defaults for what is missing or broken. */
export async function readSettings(): Promise<Settings> {
  return settingsFrom(await read(Object.keys(DEFAULTS)));
}

export async function readExtras(): Promise<Extras> {
  return extrasFrom(await read(Object.keys(EXTRAS)));
}

export async function writeSetting<N extends keyof (Settings & Extras)>(
  name: N,
  value: (Settings & Extras)[N],
): Promise<void> {
  await api.storage.local.set({ [name]: value });
}

export async function readSite(site: string): Promise<SiteSwitch | undefined> {
  const key = siteKey(site);
  const value = (await read([key]))[key];
  return value === 'on' || value === 'off' ? value : undefined;
}

export async function writeSite(site: string, value: SiteSwitch | undefined): Promise<void> {
  if (value === undefined) await api.storage.local.remove(siteKey(site));
  else await api.storage.local.set({ [siteKey(site)]: value });
}

/** All sites that have a switch of their own. */
export async function readSites(): Promise<Map<string, SiteSwitch>> {
  const all = await read(null);
  const sites = new Map<string, SiteSwitch>();
  for (const [key, value] of Object.entries(all)) {
    if (key.startsWith('site:') && (value === 'on' || value === 'off')) sites.set(key.slice(5), value);
  }
  return sites;
}

/** Calls back whenever any setting or site switch changed, in every context. Returns a function that stops. */
export function onStorageChange(listener: () => void): () => void {
  const onChanged = (_changes: unknown, area: string): void => {
    if (area === 'local') listener();
  };
  api.storage.onChanged.addListener(onChanged);
  return () => {
    api.storage.onChanged.removeListener(onChanged);
  };
}
