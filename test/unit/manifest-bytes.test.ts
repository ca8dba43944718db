/** Our own small readers of the manifest store (C2PA box, JUMBF, COSE): a real file, and hostile bytes. */
import { readFileSync } from 'node:fs';
import { X509Certificate } from 'node:crypto';
import { encode } from 'cborg';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boxesIn } from '../../src/engine/bytes/boxes';
import { readSignature } from '../../src/engine/credentials/cose';
import { readC2paBox, signatureOf } from '../../src/engine/credentials/jumbf';
import { isStampTrusted, isValidAt } from '../../src/engine/credentials/time-stamp';

const file = Uint8Array.from(readFileSync('test/fixtures/media/ai-signed.mp4'));
const uuid = boxesIn(file, 0).find((b) => b.type === 'uuid');
const body = file.subarray(uuid?.body, uuid?.end);
const jumbf = readC2paBox(body)?.jumbf ?? new Uint8Array();
/** Label of the manifest: the second description box's. */
const active = /urn:[\w:.-]+/.exec(Buffer.from(jumbf).toString('latin1'))?.[0] ?? '';

const chars = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));
const join = (...parts: Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((p) => [...p]));

describe('a signed file', () => {
  test('its signature names the signer', () => {
    const signature = readSignature(signatureOf(jumbf, active) ?? new Uint8Array());
    const [leaf] = signature?.certificates ?? [];
    expect(new X509Certificate(leaf ?? '').subject).toContain('Assay');
    expect(isValidAt(leaf ?? new Uint8Array(), new Date('2026-11-25'))).toBe(true);
    expect(isValidAt(leaf ?? new Uint8Array(), new Date('2060-01-01'))).toBe(false);
  });

  test('another manifest’s label finds nothing', () => {
    expect(signatureOf(jumbf, 'urn:c2pa:other')).toBeNull();
  });
});

describe('the C2PA box', () => {
  const boxOf = (purpose: string): Uint8Array =>
    join(new Uint8Array(4), chars(purpose), new Uint8Array(1 + 8), chars('jumb'));
  test.each(['manifest', 'original', 'update'])('purpose %s', (purpose) => {
    expect(readC2paBox(boxOf(purpose))).toMatchObject({ merkleOffset: 0, jumbf: chars('jumb') });
  });
  test.each([
    ['a Merkle box', boxOf('merkle')],
    ['no end of the purpose', join(new Uint8Array(4), chars('x'.repeat(80)))],
    ['nothing', new Uint8Array()],
  ])('no store: %s', (_, bytes) => {
    expect(readC2paBox(bytes)).toBeNull();
  });
});

test('a signature without certificates, with foreign types, or none at all', () => {
  const header = (map: Map<unknown, unknown>): Uint8Array => encode([encode(map), new Map(), null, new Uint8Array(64)]);
  expect(readSignature(header(new Map([[1, -7]])))).toEqual({ certificates: [], tokens: [] });
  expect(readSignature(header(new Map<unknown, unknown>([[33, 'text']])))).toEqual({ certificates: [], tokens: [] });
  expect(readSignature(encode({ not: 'a signature' }))).toBeNull();
  expect(readSignature(chars(''))).toBeNull();
  // 100,000 arrays inside each other.
  expect(readSignature(new Uint8Array(100_000).fill(0x81))).toBeNull();
});

test('hostile bytes never throw', async () => {
  const damaged = fc
    .tuple(fc.nat(jumbf.length - 1), fc.uint8Array({ minLength: 1, maxLength: 8 }))
    .map(([at, bytes]) => {
      const copy = jumbf.slice();
      copy.set(bytes.slice(0, copy.length - at), at);
      return copy;
    });
  await fc.assert(
    fc.asyncProperty(fc.oneof(damaged, fc.uint8Array({ maxLength: 200 })), async (bytes) => {
      readC2paBox(bytes);
      readSignature(bytes);
      const cose = signatureOf(bytes, active);
      const signature = cose === null ? null : readSignature(cose);
      expect(await isStampTrusted(bytes, [])).toBe(false);
      for (const certificate of signature?.certificates ?? []) isValidAt(certificate, new Date());
    }),
    { numRuns: 300 },
  );
});
