/** Settings of the SDK. It ignores unknown keys silently; every key we send is listed here and checked. */
import { hex } from '../bytes/bytes';
import { certificatesOf, toPem } from './pem';

/** The lists that ship, as texts. */
export interface TrustLists {
  /** Official signer anchors (PEM). */
  c2pa: string;
  /** Official time-stamp anchors (PEM). */
  tsa: string;
  /** Interim signer anchors (PEM). */
  interim: string;
  /** Interim end-entity certificates (PEM); compared by us, the SDK ignores them. */
  interimAllowed: string;
  /** Accepted key purposes, one OID a line. */
  storeCfg: string;
}

export interface SdkSettings {
  trust: { trust_anchors: string; user_anchors: string; trust_config: string };
  verify: { remote_manifest_fetch: false; ocsp_fetch: false };
  core: { allowed_network_hosts: []; decode_identity_assertions: false };
}

/**
 * Settings of one read.
 * @param signers anchors that vouch for signers
 * @param timeStamps anchors that vouch for time-stamps only. They go into `user_anchors`, less those
 *   that are signer anchors too: in `trust_anchors` each would vouch for signers, and a result counts
 *   as trusted only when the SDK says that `system_anchors` vouched for it.
 * @throws {TrustListError} for a broken list
 */
export function settingsFor(signers: string, timeStamps: string, storeCfg: string): SdkSettings {
  const anchors = certificatesOf(signers);
  const known = new Set(anchors.map(hex));
  const stamps = certificatesOf(timeStamps).filter((der) => !known.has(hex(der)));
  return {
    trust: { trust_anchors: toPem(anchors), user_anchors: toPem(stamps), trust_config: storeCfg },
    verify: { remote_manifest_fetch: false, ocsp_fetch: false },
    core: { allowed_network_hosts: [], decode_identity_assertions: false },
  };
}

const KEYS = {
  trust: ['trust_anchors', 'user_anchors', 'trust_config'],
  verify: ['remote_manifest_fetch', 'ocsp_fetch'],
  core: ['allowed_network_hosts', 'decode_identity_assertions'],
} as const;

/**
 * Settings as the SDK takes them.
 * @throws {TypeError} for a key that the SDK doesn't know, or a missing one
 */
export function settingsJson(settings: SdkSettings): string {
  const sections = Object.entries(settings) as [keyof typeof KEYS, object][];
  for (const [section, values] of sections) {
    const wanted: readonly string[] = (KEYS as Partial<typeof KEYS>)[section] ?? [];
    const given = Object.keys(values);
    if (given.length !== wanted.length || given.some((key) => !wanted.includes(key))) {
      throw new TypeError(`settings: ${section} {${given.join(', ')}}`);
    }
  }
  if (sections.length !== Object.keys(KEYS).length) throw new TypeError('settings: sections');
  return JSON.stringify(settings);
}
