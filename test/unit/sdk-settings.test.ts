/** Settings of the SDK: it ignores misspelt keys and broken certificates silently, so we must not. */
import { readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { TrustListError, certificatesOf, toPem } from '../../src/engine/credentials/pem';
import { settingsFor, settingsJson } from '../../src/engine/credentials/settings';
import type { SdkSettings } from '../../src/engine/credentials/settings';

const list = (file: string): string => readFileSync(`public/trust/${file}`, 'utf8');
const C2PA = list('C2PA-TRUST-LIST.pem');
const TSA = list('C2PA-TSA-TRUST-LIST.pem');
const good = settingsFor(C2PA, TSA, list('store.cfg'));

describe('settings', () => {
  test('time-stamp anchors never vouch for signers', () => {
    const signers = new Set(certificatesOf(good.trust.trust_anchors).map(String));
    const stamps = certificatesOf(good.trust.user_anchors).map(String);
    // Roots of signers that are roots of time-stamps as well stay where they are.
    const both = certificatesOf(TSA).filter((der) => signers.has(String(der)));
    expect(both.length).toBeGreaterThan(0);
    expect([signers.size, stamps.length + both.length]).toEqual([C2PA, TSA].map((l) => certificatesOf(l).length));
    expect(stamps.filter((der) => signers.has(der))).toEqual([]);
  });

  test('the network is off', () => {
    expect(JSON.parse(settingsJson(good))).toMatchObject({
      verify: { remote_manifest_fetch: false, ocsp_fetch: false },
      core: { allowed_network_hosts: [], decode_identity_assertions: false },
    });
  });

  test.each<[string, unknown]>([
    ['a misspelt key', { ...good, trust: { trustAnchors: C2PA, user_anchors: '', trust_config: '' } }],
    ['a key too many', { ...good, verify: { ...good.verify, verify_trust: true } }],
    ['a key too few', { ...good, core: { allowed_network_hosts: [] } }],
    ['a misspelt section', { trust: good.trust, verify: good.verify, cores: good.core }],
    ['a section too few', { trust: good.trust, verify: good.verify }],
  ])('%s is our own error', (_, settings) => {
    expect(() => settingsJson(settings as SdkSettings)).toThrow(TypeError);
  });
});

describe('certificates', () => {
  const [first = new Uint8Array()] = certificatesOf(C2PA);
  const pem = toPem([first]);

  test('come out as they went in', () => {
    expect(certificatesOf(toPem(certificatesOf(TSA)))).toEqual(certificatesOf(TSA));
  });

  test.each([
    ['nothing', ''],
    ['text', 'no certificate'],
    ['a block without its end', pem.replace(/-----END CERTIFICATE-----/, '')],
    ['a good block and a cut one', pem + pem.slice(0, 200)],
    ['broken base64', pem.replace(/\n(....)/, '\n!!!!')],
    [
      'base64 of something else',
      `-----BEGIN CERTIFICATE-----\n${btoa('hello, this is no certificate')}\n-----END CERTIFICATE-----`,
    ],
    ['a certificate with its last bytes gone', toPem([first.subarray(0, -3)])],
  ])('%s is an error', (_, text) => {
    expect(() => certificatesOf(text)).toThrow(TrustListError);
  });
});

test('the lists are the ones that sources.json names', () => {
  interface Source {
    file: string;
    sha256: string;
    certificates: number;
  }
  const { lists } = JSON.parse(list('sources.json')) as { lists: Source[] };
  for (const { file, sha256, certificates } of lists) {
    expect(createHash('sha256').update(list(file)).digest('hex')).toBe(sha256);
    if (certificates > 0) expect(certificatesOf(list(file))).toHaveLength(certificates);
  }
});
