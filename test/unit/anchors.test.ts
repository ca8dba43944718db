/** Which certificates can be anchors of the user's own, and what is said of the others. */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { anchorsIn, usableAnchors } from '../../src/engine/credentials/anchors';
import { certificatesOf } from '../../src/engine/credentials/pem';
import { makeCertificate } from './support/certificate';
import type { Wanted } from './support/certificate';

const NOW = new Date('2026-11-25T12:00:00Z');
const root = readFileSync('test/fixtures/test-root.pem', 'utf8');
const good = await makeCertificate({});
/** Not in one piece: no file of the repository may look like it holds a key. */
const key = good.replaceAll('CERTIFICATE', ['EC', 'PRIVATE', 'KEY'].join(' '));

test('an anchor has a subject, an end and a fingerprint', async () => {
  const { fingerprint256 } = new X509Certificate(root);
  expect(await anchorsIn(root, NOW)).toEqual({
    anchors: [
      {
        pem: expect.stringMatching(/^-----BEGIN CERTIFICATE-----\n[\s\S]*-----END CERTIFICATE-----\n$/) as string,
        subject: 'O=Assay Fixture Signer, CN=Assay Fixture Root',
        expires: '2049-12-31T00:00:00.000Z',
        sha256: fingerprint256.replaceAll(':', '').toLowerCase(),
      },
    ],
  });
});

test.each(['C2PA-TRUST-LIST.pem', 'C2PA-TSA-TRUST-LIST.pem'])('all of %s can be read', async (file) => {
  const text = readFileSync(`public/trust/${file}`, 'utf8');
  const found = await anchorsIn(text, NOW);
  expect('anchors' in found ? found.anchors.length : found).toBe(certificatesOf(text).length);
});

describe('what is no anchor', () => {
  const junk = `-----BEGIN CERTIFICATE-----\n${btoa('\x30\x82\x00\x10' + 'x'.repeat(16))}\n-----END CERTIFICATE-----`;
  test.each<[string, string | Wanted, string, string | null]>([
    ['nothing', '', 'no-certificate', null],
    ['some text', 'hello', 'no-certificate', null],
    ['a web page', '<!doctype html><title>404</title>', 'no-certificate', null],
    ['a private key', key, 'private-key', null],
    ['a certificate with its private key', good + key, 'private-key', null],
    ['a cut certificate', good.slice(0, -40), 'broken-certificate', null],
    ['a sequence that is no certificate', junk, 'broken-certificate', null],
    ['a good one and a broken one', good + junk, 'broken-certificate', null],
    ['a signer’s own', { ca: false, subject: 'Leaf' }, 'not-a-ca', 'CN=Leaf'],
    ['one whose key may not sign certificates', { usage: 0x80 }, 'not-a-ca', 'CN=Root'],
    ['an expired one', { to: new Date('2026-11-24') }, 'anchor-expired', 'CN=Root'],
    ['one of tomorrow', { from: new Date('2026-11-26') }, 'anchor-too-early', 'CN=Root'],
  ])('%s', async (_, given, reason, subject) => {
    const text = typeof given === 'string' ? given : await makeCertificate(given);
    expect(await anchorsIn(text, NOW)).toEqual({ fault: { reason, subject } });
  });

  test('no flipped byte makes it throw', async () => {
    const [der = new Uint8Array()] = certificatesOf(good);
    for (let at = 0; at < der.length; at += 3) {
      const bytes = der.slice();
      bytes[at] = (bytes[at] ?? 0) ^ 0xff;
      const pem = `-----BEGIN CERTIFICATE-----\n${Buffer.from(bytes).toString('base64')}\n-----END CERTIFICATE-----`;
      const found = await anchorsIn(pem, NOW);
      expect('anchors' in found || 'fault' in found).toBe(true);
    }
  });

  test('a subject of any length is shown short', async () => {
    const found = await anchorsIn(await makeCertificate({ subject: 'x'.repeat(5_000) }), NOW);
    expect('anchors' in found && found.anchors[0]?.subject.length).toBe(200);
  });
});

test('what has expired since, or is broken, vouches no more and takes nothing else with it', async () => {
  const expired = await makeCertificate({ to: new Date('2026-11-24') });
  expect(certificatesOf(await usableAnchors([root, expired, 'broken', good], NOW))).toEqual(
    certificatesOf(root + good),
  );
  expect(await usableAnchors([expired], NOW)).toBe('');
});
