/** Our own check of time-stamp tokens, with a token of the fixtures. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { blobSource } from '../../src/engine/bytes/blob-source';
import { layoutOf } from '../../src/engine/bytes/layout';
import { readSignature } from '../../src/engine/credentials/cose';
import { readC2paBox, signatureOf } from '../../src/engine/credentials/jumbf';
import { certificatesOf } from '../../src/engine/credentials/pem';
import { isStampTrusted, isValidAt } from '../../src/engine/credentials/time-stamp';
import { circleToken } from './support/circle-token';
import { never, shippedLists } from './support/node-engine';

const anchors = (name: string): Uint8Array[] => certificatesOf(readFileSync(`test/fixtures/${name}.pem`, 'utf8'));

async function signatureIn(file: string): Promise<NonNullable<ReturnType<typeof readSignature>>> {
  const source = blobSource(new Blob([readFileSync(`test/fixtures/media/${file}`)]), file);
  const { c2pa } = await layoutOf(source, never);
  const [box] = c2pa;
  const store = box === undefined ? null : readC2paBox(await source.read(box.body, box.end, never));
  const jumbf = store?.jumbf ?? new Uint8Array(0);
  const label = /urn:c2pa:[\w-]+/.exec(Buffer.from(jumbf).toString('latin1'))?.[0] ?? '';
  const cose = signatureOf(jumbf, label);
  const signature = cose === null ? null : readSignature(cose);
  if (signature === null) throw new Error(`${file} has no signature`);
  return signature;
}

test('a stamp is as good as the anchor of its service', async () => {
  const { tokens } = await signatureIn('expired-stamped.mp4');
  expect(tokens).toHaveLength(1);
  const [token = new Uint8Array(0)] = tokens;
  expect(await isStampTrusted(token, anchors('tsa-root'))).toBe(true);
  expect(await isStampTrusted(token, [...anchors('test-root'), ...anchors('tsa-root')])).toBe(true);
  expect(await isStampTrusted(token, anchors('test-root'))).toBe(false);
  expect(await isStampTrusted(token, certificatesOf(shippedLists().tsa))).toBe(false);
  expect(await isStampTrusted(token, [])).toBe(false);
});

test('a stamp with any bit flipped is none', async () => {
  const { tokens } = await signatureIn('expired-stamped.mp4');
  const [token = new Uint8Array(0)] = tokens;
  // The time, the imprint, the signature: all of the token but the certificate's and the signature's outer forms.
  const time = Buffer.from(token).indexOf('20240601120000Z');
  expect(time).toBeGreaterThan(0);
  for (const at of [time + 3, time - 20, token.length - 5]) {
    const other = token.slice();
    other[at] = (other[at] ?? 0) ^ 1;
    expect(await isStampTrusted(other, anchors('tsa-root')), `byte ${String(at)}`).toBe(false);
  }
});

test.each([2, 3, 30])('%i keys that certify each other lead to no anchor, and soon', async (keys) => {
  expect(await isStampTrusted(await circleToken(keys), certificatesOf(shippedLists().tsa))).toBe(false);
});

test('a signer without a stamp, and when certificates are valid', async () => {
  const { tokens, certificates } = await signatureIn('expired.mp4');
  expect(tokens).toEqual([]);
  const [leaf = new Uint8Array(0)] = certificates;
  expect(isValidAt(leaf, new Date('2024-06-01'))).toBe(true);
  expect(isValidAt(leaf, new Date('2023-12-31'))).toBe(false);
  expect(isValidAt(leaf, new Date('2025-01-01'))).toBe(false);
});
