/** Rows of the list of known faults that are about reading and verifying; the others' tests name their rows, too. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCredentials } from '../../src/engine/credentials/read';
import { describe as lane } from '../../src/engine/credentials/describe';
import { saysOf } from '../../src/engine/credentials/says';
import type { Manifest, ManifestStore } from '../../src/engine/credentials/store';
import { join as joined } from './fuzz/bytes';
import type { Bytes } from './fuzz/bytes';
import { box, xmpFile } from './fuzz/make';
import { credentialsOf } from './fuzz/targets';
import { readDisclosures } from '../../src/engine/disclosures/read';
import { blobSource } from '../../src/engine/bytes/blob-source';
import { gatherForDigest } from '../../src/engine/bytes/file-hash';
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

describe('C6: an ingredient whose signer’s certificate has ended', () => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-nested-'));
  const made = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const CODES = [
    'assertion.bmffHash.additionalExclusionsPresent assertion.bmffHash.match assertion.hashedURI.match',
    'claimSignature.insideValidity claimSignature.validated',
    'signingCredential.ocsp.skipped',
  ];
  beforeAll(() => {
    execFileSync(process.execPath, ['test/engine/support/nested-file.mjs', folder]);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  describe.each(['plain', 'stamped'])('%s', (name) => {
    test.each([
      ['nobody knows the signers', () => undefined, 'unrecognised', 'untrusted'],
      ['nor the time-stamps', () => ({ signers: made('root.pem'), timeStamps: '' }), 'trusted-user', 'trusted'],
      [
        'all are known',
        () => ({ signers: made('root.pem'), timeStamps: made('tsa-root.pem') }),
        'trusted-user',
        'trusted',
      ],
    ])('%s: the word is that of who signed last', async (_, roots, state, credential) => {
      const read = await readInNode(join(folder, `${name}.mp4`), readerInNode(roots()));
      expect(read).toMatchObject({ state, says: 'ai-generated', reason: state === 'unrecognised' ? credential : null });
      expect(read.codes.toSorted().join(' ')).toBe([...CODES, `signingCredential.${credential}`].join(' '));
      const [whole] = read.history;
      const signed_at = name === 'stamped' ? '2024-06-01T12:00:00+00:00' : null;
      expect(whole?.ingredients).toMatchObject([{ title: 'part.mp4', issuer: 'Assay Fixture Signer', signed_at }]);
    });
  });
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
    return joined(out, box('mdat', other));
  };
  test.each<[string, () => Bytes]>([
    ['in a free box that the index leads to', () => joined(retargeted(), box('free', other))],
    ['in a skip box that the index leads to', () => joined(retargeted(), box('skip', other))],
    ['in a second media box', () => joined(file, box('mdat', other))],
    ['in place of the signed box, which is called free', renamed],
    ['under a second index', () => joined(file.subarray(0, moov), file.subarray(moov, mdat), file.subarray(moov))],
    ['in a uuid box', () => joined(file, box('uuid', new Uint8Array(16).fill(7), other))],
    ['in a fragment', () => joined(file, box('moof', box('mfhd', new Uint8Array(8))), box('mdat', other))],
  ])('%s', async (_, make) => {
    expect((await credentialsOf(file, readerInNode(roots))).state).toBe('trusted-user');
    expect((await credentialsOf(make(), readerInNode(roots))).state).toMatch(/^(changed|malformed)$/);
  });
});

describe.each([false, true])('C13: large files, most of which is no media; gathered for the digest: %s', (gathers) => {
  beforeAll(() => {
    if (gathers) gatherForDigest();
  });
  /**
   * Around the sizes up to which bytes are kept for the verifier (8 MB), gathered for the browser's digest (24 MiB, with
   * the offsets of boxes) and copied by the verifier (50 MB).
   */
  const EDGES = [8_000_000, 24 * 1024 * 1024 - 65_536, 24 * 1024 * 1024, 50_000_000].flatMap((size) => [
    size - 1,
    size,
    size + 1,
  ]);
  const padded = (file: Bytes, size: number): Bytes =>
    joined(file, box('free', new Uint8Array(size - file.length - 8)));
  const read = (bytes: Bytes, limitBytes: number): ReturnType<typeof readCredentials> =>
    readCredentials(blobSource(new Blob([bytes]), 'large'), () => Promise.resolve(readerInNode(roots)), {
      signal: never,
      onStatement: () => undefined,
      onProgress: () => undefined,
      onVerify: () => undefined,
      limitBytes,
    });

  test.each([10_000_000, ...EDGES, 51_000_000])('%i bytes', async (size) => {
    const bytes = padded(media('ai-signed.mp4'), size);
    expect(await read(bytes, size)).toMatchObject({ state: 'trusted-user', coverage: { bytes_total: size } });
    const over = await read(bytes, size - 1);
    expect(over).toMatchObject({ state: 'unverified', reason: 'too-large', says: 'nothing', claims: 'ai-generated' });
  });
  test.each([
    ['free', 'trusted-user'], // not hashed
    ['wide', 'changed'], // more offsets than are gathered
  ])('10,000 boxes %s: %s', async (type, state) => {
    const file = media('ai-signed.mp4');
    const bytes = joined(file, ...Array.from({ length: 10_000 }, () => box(type, new Uint8Array(0))));
    expect(await read(bytes, bytes.length)).toMatchObject({ state });
  });
  test.each([10_000_000, 49_999_999, 50_000_001])('%i bytes that were changed: the verifier’s word', async (size) => {
    expect((await read(padded(media('tampered.mp4'), size), size)).state).toBe('changed');
  });
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
