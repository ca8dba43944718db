/** Signers named on a list one by one, and files made so that two readers see two signers. */
import { readFileSync } from 'node:fs';
import { X509Certificate } from 'node:crypto';
import { encode } from 'cborg';
import { describe, expect, test } from 'vitest';
import { boxesIn } from '../../src/engine/bytes/boxes';
import { readSignature } from '../../src/engine/credentials/cose';
import { readC2paBox, signatureOf } from '../../src/engine/credentials/jumbf';
import { listedSigners } from '../../src/engine/credentials/listed';
import { certificatesOf, toPem } from '../../src/engine/credentials/pem';
import type { ManifestStore } from '../../src/engine/credentials/store';

const file = Uint8Array.from(readFileSync('test/fixtures/media/ai-signed.mp4'));
const uuid = boxesIn(file, 0).find((b) => b.type === 'uuid');
const jumbf = readC2paBox(file.subarray(uuid?.body, uuid?.end))?.jumbf ?? new Uint8Array();
const active = /urn:[\w:.-]+/.exec(Buffer.from(jumbf).toString('latin1'))?.[0] ?? '';
const [leaf = new Uint8Array()] = readSignature(signatureOf(jumbf, active) ?? new Uint8Array())?.certificates ?? [];
const [root = new Uint8Array()] = certificatesOf(readFileSync('test/fixtures/test-root.pem', 'utf8'));
const [stranger = new Uint8Array()] = certificatesOf(readFileSync('public/trust/interim-anchors.pem', 'utf8'));

describe('a listed signer', () => {
  const serial = BigInt(`0x${new X509Certificate(leaf).serialNumber}`).toString();
  const seen = (cert_serial_number: string): ManifestStore => ({
    active_manifest: 'a',
    manifests: { a: { signature_info: { cert_serial_number } } },
  });
  const { issuerOf } = listedSigners(toPem([stranger, leaf]));
  const signature = (...certificates: Uint8Array[]) => ({ certificates, tokens: [] });

  test('gives its issuer', async () => {
    expect(await issuerOf(signature(leaf, root), seen(serial))).toEqual(root);
  });
  test.each([
    ['not on the list', signature(root, root), serial],
    ['without its issuer', signature(leaf), serial],
    ['beside a certificate that is not its issuer', signature(leaf, stranger), serial],
    ['where the SDK saw another certificate', signature(leaf, root), '7'],
    ['nowhere', null, serial],
  ])('%s: none', async (_, found, number) => {
    expect(await issuerOf(found, seen(number))).toBeNull();
  });
});

describe('two answers are none', () => {
  const cose = (protectedHeader: Map<unknown, unknown>, open: Map<unknown, unknown>): Uint8Array =>
    encode([encode(protectedHeader), open, null, new Uint8Array(64)]);
  const certificates = (bytes: Uint8Array): number | undefined => readSignature(bytes)?.certificates.length;

  test('a chain of certificates, wherever it stands', () => {
    const none = new Map<unknown, unknown>();
    expect(certificates(cose(new Map<unknown, unknown>([[33, [leaf]]]), none))).toBe(1);
    expect(certificates(cose(none, new Map<unknown, unknown>([['x5chain', leaf]])))).toBe(1);
  });
  test('two chains', () => {
    const both = new Map<unknown, unknown>([
      ['x5chain', [root]],
      [33, [leaf]],
    ]);
    expect(certificates(cose(both, new Map()))).toBe(0);
    expect(
      certificates(cose(new Map<unknown, unknown>([[33, [leaf]]]), new Map<unknown, unknown>([[33, [root]]]))),
    ).toBe(0);
  });
  test('one key twice', () => {
    // {33: h'00', 33: h'01'}
    const twice = Uint8Array.from([0xa2, 0x18, 33, 0x41, 0, 0x18, 33, 0x41, 1]);
    expect(readSignature(encode([twice, new Map(), null, new Uint8Array(64)]))).toBeNull();
  });
  test('two manifests of one label', () => {
    const outer = boxesIn(jumbf, 0)[0];
    const [description, manifest] = boxesIn(jumbf.subarray(outer?.body, outer?.end), outer?.body ?? 0);
    const part = (b: typeof manifest): Uint8Array => jumbf.subarray(b?.start, b?.end);
    const body = Buffer.concat([part(description), part(manifest), part(manifest)]);
    const header = Buffer.alloc(8);
    header.writeUInt32BE(body.length + 8);
    header.write('jumb', 4);
    expect(signatureOf(jumbf, active)).not.toBeNull();
    expect(signatureOf(Uint8Array.from(Buffer.concat([header, body])), active)).toBeNull();
  });
});
