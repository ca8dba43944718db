/**
 * An organisation's policy (`storage.managed`). It comes from outside: what is broken or unknown in it is
 * left out, so that one mistake doesn't take the rest with it.
 */
import { MODES, siteKey, siteOf } from './settings';

export interface Policy {
  /** By the keys of `storage.local`, over which they win: settings and sites. */
  stored: Record<string, boolean | string>;
  /** Anchors, beside those that the user added (PEM); not yet checked. */
  anchors: string[];
}

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];

/** @param sites hosts, as people write them */
function switched(sites: unknown, to: 'on' | 'off'): [string, string][] {
  return texts(sites).flatMap((site) => {
    const name = siteOf(`https://${site}`);
    return name === null ? [] : [[siteKey(name), to]];
  });
}

export function policyFrom(managed: Record<string, unknown>): Policy {
  const flags = ['enabled', 'estimate', 'marks'].filter((name) => typeof managed[name] === 'boolean');
  const mode = MODES.find((known) => known === managed['mode']);
  return {
    stored: {
      ...Object.fromEntries(flags.map((name) => [name, managed[name] as boolean])),
      ...(mode === undefined ? {} : { mode }),
      ...Object.fromEntries(switched(managed['sitesOn'], 'on')),
      ...Object.fromEntries(switched(managed['sitesOff'], 'off')),
    },
    anchors: texts(managed['anchors']),
  };
}
