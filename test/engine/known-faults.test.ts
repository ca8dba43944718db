/** Rows of the list of known faults that are about reading and verifying; the others' tests name their rows, too. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { CredentialsReader } from '../../src/engine/credentials/reader';
import { readCredentials } from '../../src/engine/credentials/read';
import { describe as lane } from '../../src/engine/credentials/describe';
import { saysOf } from '../../src/engine/credentials/says';
import type { Manifest, ManifestStore } from '../../src/engine/credentials/store';
import { join } from './fuzz/bytes';
import type { Bytes } from './fuzz/bytes';
import { box, xmpFile } from './fuzz/make';
import { credentialsOf } from './fuzz/targets';
import { readDisclosures } from '../../src/engine/disclosures/read';
import { blobSource } from '../../src/engine/bytes/blob-source';
import { never, readInNode, readerInNode } from './support/node-engine';

const MEDIA = 'test/fixtures/media';
const pem = (name: string): string => readFileSync(`test/fixtures/${name}.pem`, 'utf8');
const roots = { signers: pem('test-root'), timeStamps: pem('tsa-root') };
const media = (file: string): Bytes => new Uint8Array(readFileSync(`${MEDIA}/${file}`));

test('C1: the verifier needs nothing that only workers have', async () => {
  expect('FileReaderSync' in globalThis).toBe(false);
  expect((await readInNode(`${MEDIA}/ai-signed.mp4`, readerInNode(roots))).state).toBe('trusted-user');
});

test('C6, C10: the verifier’s codes of every own file are the ones that were looked at', async () => {
  const { cases } = JSON.parse(readFileSync('test/fixtures/cases.json', 'utf8')) as { cases: { file: string }[] };
  let text = '';
  for (const { file } of cases) {
    for (const [by, reader] of Object.entries({ shipped: readerInNode(), roots: readerInNode(roots) })) {
      const { codes } = await readInNode(`${MEDIA}/${file}`, reader);
      if (codes.length > 0) text += `${file} ${by}: ${codes.toSorted().join(' ')}\n`;
    }
  }
  await expect(text).toMatchFileSnapshot('../fixtures/codes.txt');
});

test.each(['tampered.mp4', 'tampered-moov.mp4', 'expired.mp4'])(
  'C9: a second look at %s says the same',
  async (file) => {
    const reader = readerInNode();
    const first = await readInNode(`${MEDIA}/${file}`, reader);
    expect(await readInNode(`${MEDIA}/${file}`, reader)).toEqual(first);
    expect(first.state).not.toMatch(/^(trusted|none)/);
  },
);

describe('C11: media that is not the signed media', () => {
  const file = media('ai-signed.mp4');
  const at = (type: string, from = 0): number => Buffer.from(file).indexOf(type, from) - 4;
  const [moov, mdat] = [at('moov'), at('mdat')];
  const other = file.slice(mdat + 8, mdat + 4_000).map((byte) => byte ^ 0x55);
  /** The first chunk of samples is taken from the end of the file. */
  const retargeted = (): Bytes => {
    const out = file.slice();
    new DataView(out.buffer).setUint32(at('stco', moov) + 16, file.length + 8);
    return out;
  };
  const renamed = (): Bytes => {
    const out = file.slice();
    out.set(Buffer.from('free'), mdat + 4);
    return join(out, box('mdat', other));
  };
  test.each<[string, () => Bytes]>([
    ['in a free box that the index leads to', () => join(retargeted(), box('free', other))],
    ['in a skip box that the index leads to', () => join(retargeted(), box('skip', other))],
    ['in a second media box', () => join(file, box('mdat', other))],
    ['in place of the signed box, which is called free', renamed],
    ['under a second index', () => join(file.subarray(0, moov), file.subarray(moov, mdat), file.subarray(moov))],
    ['in a uuid box', () => join(file, box('uuid', new Uint8Array(16).fill(7), other))],
    ['in a fragment', () => join(file, box('moof', box('mfhd', new Uint8Array(8))), box('mdat', other))],
  ])('%s', async (_, make) => {
    expect((await credentialsOf(file, readerInNode(roots))).state).toBe('trusted-user');
    expect((await credentialsOf(make(), readerInNode(roots))).state).toMatch(/^(changed|malformed)$/);
  });
});

test.each([10, 49, 51])('C13: %i MB of what is no media change nothing', async (megabytes) => {
  const bytes = join(media('ai-signed.mp4'), box('free', new Uint8Array(megabytes * 1_000_000)));
  const source = blobSource(new Blob([bytes]), 'large');
  const reader = (): Promise<CredentialsReader> => Promise.resolve(readerInNode(roots));
  const options = {
    signal: never,
    onStatement: () => undefined,
    onProgress: () => undefined,
    onVerify: () => undefined,
  };
  const read = await readCredentials(source, reader, { ...options, limitBytes: bytes.length });
  expect(read).toMatchObject({ state: 'trusted-user', coverage: { bytes_total: bytes.length } });
  const over = await readCredentials(source, reader, { ...options, limitBytes: bytes.length - 1 });
  expect(over).toMatchObject({ state: 'unverified', reason: 'too-large', says: 'nothing', claims: 'ai-generated' });
});

test('C15: null wherever the verifier found nothing', () => {
  const nothing = { title: null, assertions: [null, { label: 'c2pa.actions', data: null }], ingredients: [null] };
  const manifests: unknown[] = [
    null,
    { a: null },
    { a: { ...nothing, claim_generator_info: [null], signature_info: null } },
    { a: { ...nothing, ingredients: [{ active_manifest: null, validation_results: null }] } },
    { a: { assertions: [{ label: 'c2pa.actions', data: { actions: [null] } }], ingredients: null } },
  ];
  for (const all of manifests) {
    const store = { active_manifest: 'a', manifests: all, validation_results: null } as unknown as ManifestStore;
    const { says, issuer } = lane(store, { state: 'unrecognised', reason: 'untrusted', detail: null }, null);
    expect({ says, issuer }).toEqual({ says: 'nothing', issuer: null });
  }
});

test('C16: one verifier, the pinned one', () => {
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> };
  const found = Object.entries(dependencies).filter(([name]) => /c2pa|cawg|jumbf|cose/.test(name));
  expect(found).toEqual([['@contentauth/c2pa-wasm', expect.stringMatching(/^\d+\.\d+\.\d+$/) as string]]);
});

describe('C17: one word, wherever it is written', () => {
  const TYPE = 'cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia';
  const made = (label: string, digitalSourceType: string): Manifest => ({
    assertions: [{ label, data: { actions: [{ action: 'c2pa.created', digitalSourceType }] } }],
  });
  const parent = { relationship: 'parentOf', active_manifest: 'b' };
  test.each<[string, Record<string, Manifest>]>([
    ['actions', { a: made('c2pa.actions', `http://${TYPE}`) }],
    ['actions of version 2', { a: made('c2pa.actions.v2', `http://${TYPE}`) }],
    ['https', { a: made('c2pa.actions.v2', `https://${TYPE}`) }],
    ['a second assertion', { a: made('c2pa.actions.v2__1', `http://${TYPE}`) }],
    ['the manifest of an ingredient', { a: { ingredients: [parent] }, b: made('c2pa.actions', `http://${TYPE}`) }],
  ])('signed, in %s', (_, manifests) => {
    expect(saysOf({ active_manifest: 'a', manifests })).toBe('ai-generated');
  });

  const EXT = 'xmlns:e="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"';
  const RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"';
  test.each([
    ['an attribute', `<d ${EXT} e:DigitalSourceType="http://${TYPE}"/>`],
    ['an attribute, https', `<d ${EXT} e:DigitalSourceType="https://${TYPE}"/>`],
    ['an element', `<e:DigitalSourceType ${EXT}>http://${TYPE}</e:DigitalSourceType>`],
    ['a resource', `<e:DigitalSourceType ${EXT} ${RDF} rdf:resource="https://${TYPE}"/>`],
  ])('in XMP, as %s', async (_, xml) => {
    const found = await readDisclosures(blobSource(new Blob([xmpFile(xml)]), 'test'), never);
    expect(found.map((d) => d.says)).toEqual(['ai-generated']);
  });
});
