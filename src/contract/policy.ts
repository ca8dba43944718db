/**
 * An organisation's policy (`storage.managed`). It comes from outside: what is broken or unknown in it is
 * left out, so that one mistake doesn't take the rest with it.
 */
import { LANGUAGES, SIZES } from './extras';
import { noticeSites, readerOffKey } from './notices';
import { CORNERS, MODES, siteKey, siteOf } from './settings';

export interface Policy {
  /** By the keys of `storage.local`, over which they win: settings, sites and readers of notices. */
  stored: Record<string, boolean | string>;
  /** Anchors, beside those that the user added (PEM); not yet checked. */
  anchors: string[];
}

const FLAGS = ['enabled', 'estimate', 'marks', 'saver'];
const CHOICES: Record<string, readonly string[]> = { mode: MODES, corner: CORNERS, size: SIZES, language: LANGUAGES };

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];

/** @param sites hosts, as people write them */
function switched(sites: unknown, to: 'on' | 'off'): [string, string][] {
  return texts(sites).flatMap((site) => {
    const name = siteOf(`https://${site}`);
    return name === null ? [] : [[siteKey(name), to]];
  });
}

/** @param all whether the sites' notices are read @param off names of sites whose notices are not read in any case */
function readers(all: unknown, off: unknown): [string, boolean][] {
  const isOff = new Set(texts(off));
  return noticeSites.flatMap((site) => {
    if (isOff.has(site)) return [[readerOffKey(site), true]];
    return typeof all === 'boolean' ? [[readerOffKey(site), !all]] : [];
  });
}

export function policyFrom(managed: Record<string, unknown>): Policy {
  const flags = FLAGS.filter((name) => typeof managed[name] === 'boolean');
  const chosen = Object.entries(CHOICES).filter(([name, known]) => known.some((value) => value === managed[name]));
  return {
    stored: {
      ...Object.fromEntries(flags.map((name) => [name, managed[name] as boolean])),
      ...Object.fromEntries(chosen.map(([name]) => [name, managed[name] as string])),
      ...Object.fromEntries(switched(managed['sitesOn'], 'on')),
      ...Object.fromEntries(switched(managed['sitesOff'], 'off')),
      ...Object.fromEntries(readers(managed['notices'], managed['noticesOff'])),
    },
    anchors: texts(managed['anchors']),
  };
}
