/** Bombs: files made to take time or memory. Readers end soon, say nothing, and lose nothing else that a file says. */
import { describe, expect, test } from 'vitest';
import type { CredentialState } from '../../src/contract/label';
import { blobSource } from '../../src/engine/bytes/blob-source';
import { layoutOf } from '../../src/engine/bytes/layout';
import { readSignature } from '../../src/engine/credentials/cose';
import { manifestBox } from '../../src/engine/credentials/manifest-box';
import { historyOf } from '../../src/engine/credentials/history';
import { readDisclosures } from '../../src/engine/disclosures/read';
import { join } from './fuzz/bytes';
import type { Bytes } from './fuzz/bytes';
import { FTYP, aviFile, box, commentFile, xmpFile } from './fuzz/make';
import { SLOW_MS, outcomeOf } from './fuzz/targets';
import { never } from './support/node-engine';

const said = (bytes: Bytes) => readDisclosures(blobSource(new Blob([bytes]), 'bomb'), never);

const times = <T>(length: number, make: (i: number) => T): T[] => Array.from({ length }, (_, i) => make(i));
const LOLS = times(12, (i) => `<!ENTITY l${String(i + 1)} "${`&l${String(i)};`.repeat(10)}">`);
const GRAPH = Object.fromEntries(
  times(5_000, (i) => [
    String(i),
    { class_type: i === 0 ? 'SaveVideo' : 'Node', inputs: { a: [String(i + 1), 0], b: [String(i), 0], c: ['0', 0] } },
  ]),
);

const EXT = 'http://iptc.org/std/Iptc4xmpExt/2008-02-29/';
const AI = 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia';
const ZEROS = '\0'.repeat(250_000);

const MANY_INPUTS = {
  1: { class_type: 'SaveVideo', inputs: Object.fromEntries(times(55_000, (i) => [`k${String(i)}`, ['9', 0]])) },
};

describe('bombs end soon and say nothing', () => {
  test.each<[string, () => Bytes]>([
    ['entities', () => xmpFile(`<!DOCTYPE a [<!ENTITY l0 "lol">${LOLS.join('')}]><a>&l12;</a>`)],
    ['deep elements', () => xmpFile('<a>'.repeat(60_000))],
    ['deep elements, closed', () => xmpFile('<a>'.repeat(60_000) + '</a>'.repeat(60_000))],
    ['one name again and again', () => xmpFile(`<r>${'<a>x</a>'.repeat(60_000)}</r>`)],
    [
      'declarations and elements',
      () => {
        const declared = Array.from({ length: 8_000 }, (_, i) => `xmlns:n${String(i)}="u${String(i)}"`).join(' ');
        return xmpFile(`<r ${declared}>${'<a/>'.repeat(60_000)}</r>`);
      },
    ],
    [
      'declarations in each element',
      () => xmpFile(`<r>${'<a xmlns:b="c" b:d="e">'.repeat(20)}${'<a xmlns:f="g"/>'.repeat(25_000)}</r>`),
    ],
    [
      'packet after packet',
      () => {
        const one = xmpFile(`<r>${'<a b="c">d</a>'.repeat(3_000)}</r>`);
        return join(FTYP, ...times(200, () => one.subarray(FTYP.length)));
      },
    ],
    ['character references', () => xmpFile(`<a>${'&#x41;&#1114112;&amp;'.repeat(20_000)}</a>`)],
    ['open tags without ends', () => xmpFile('<a b="'.repeat(80_000))],
    ['prototype names', () => xmpFile('<__proto__ constructor="1"><toString>x</toString></__proto__>')],
    ['deep JSON', () => commentFile('['.repeat(200_000))],
    ['deep JSON, closed', () => commentFile(`{"AIGC":${'{"AIGC":'.repeat(50_000)}1${'}'.repeat(50_001)}`)],
    ['a graph in circles', () => commentFile(JSON.stringify({ prompt: GRAPH }))],
    ['thousands of boxes', () => join(FTYP, ...times(30_000, () => box('free')))],
    ['thousands of boxes in moov', () => join(FTYP, box('moov', ...times(30_000, () => box('free'))))],
    [
      'boxes in boxes',
      () =>
        join(
          FTYP,
          times(3_000, Number).reduce<Bytes>((inner) => box('moov', inner), FTYP),
        ),
    ],
    ['lists of empty texts', () => aviFile({ ABCD: 'x' }, 64, 262_000)],
    [
      'a long namespace in the names of thousands of properties',
      () => {
        const elements = times(12_000, (i) => `<n:a${String(i)}>x</n:a${String(i)}>`).join('');
        return xmpFile(`<r xmlns:n="${'u'.repeat(250_000)}">${elements}</r>`);
      },
    ],
    [
      'large packets wherever one can be',
      () => {
        const packet = `<r>${'<a b="c">d</a>'.repeat(36_000)}</r>`;
        const uuid = times(8, () => xmpFile(packet).subarray(FTYP.length));
        const udta = times(8, () => box('udta', box('XMP_', Buffer.from(packet))));
        return join(FTYP, ...uuid, box('moov', ...udta));
      },
    ],
    ['a node with a hundred thousand inputs', () => commentFile(JSON.stringify({ prompt: MANY_INPUTS }))],
  ])('%s', async (_name, make) => {
    const bytes = make();
    expect((await outcomeOf('file', bytes)).complaint).toBeNull();
    expect(await said(bytes)).toEqual([]);
  });
});

test('a graph of thousands of names that match is still read', async () => {
  const nodes = {
    1: { class_type: 'SaveVideo', inputs: { a: ['2', 0], b: ['3', 0] } },
    2: { class_type: 'KSampler' },
    3: { class_type: `${'LoadVideo'.repeat(40_000)}\n` },
  };
  const bytes = commentFile(JSON.stringify({ prompt: nodes }));
  expect((await outcomeOf('file', bytes)).complaint).toBeNull();
  expect(await said(bytes)).toMatchObject([{ kind: 'comfyui', says: 'ai-edited' }]);
});

test.each<[string, () => Bytes]>([
  [
    'a field of signs and one letter',
    () => xmpFile(`<r xmlns:e="${EXT}" e:AISystemUsed="${'-'.repeat(250_000)}x${'-'.repeat(250_000)}"/>`),
  ],
  [
    'a type with a long address',
    () => xmpFile(`<r xmlns:e="${EXT}" e:DigitalSourceType="${AI}#${'a'.repeat(500_000)}"/>`),
  ],
  ['a text of zeros that goes on', () => aviFile({ ICMT: `{"AIGC":{"Label":"1","ContentProducer":"x"}}${ZEROS}x` })],
])('%s is still read', async (_name, make) => {
  const bytes = make();
  expect((await outcomeOf('file', bytes)).complaint).toBeNull();
  expect(await said(bytes)).toHaveLength(1);
});

test('a bomb in one place silences no other', async () => {
  const label = Buffer.from('{"AIGC":{"Label":"1","ContentProducer":"x"}}');
  const bytes = join(
    FTYP,
    box('moov', box('udta', box('©cmt', Buffer.from(JSON.stringify({ prompt: MANY_INPUTS }))), box('AIGC', label))),
  );
  expect(await said(bytes)).toMatchObject([{ kind: 'aigc-label' }]);
});

test('a signature that is a list of millions is none', () => {
  const items = 16_000_000;
  const bytes = new Uint8Array(items + 5);
  bytes[0] = 0x9a;
  new DataView(bytes.buffer).setUint32(1, items);
  const before = process.memoryUsage().heapUsed;
  expect(readSignature(bytes)).toBeNull();
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(64 * 1024 * 1024);
});

test('certificates that begin and never end', async () => {
  const { ms, complaint } = await outcomeOf('pem', Buffer.from('-----BEGIN CERTIFICATE-----'.repeat(20_000)) as Bytes);
  expect(complaint).toBeNull();
  expect(ms).toBeLessThan(SLOW_MS);
});

test('a history of thousands of steps is cut', () => {
  const ingredients = times(5_000, () => ({ active_manifest: 'b', relationship: 'componentOf' }));
  const store = { active_manifest: 'a', manifests: { a: { ingredients }, b: { ingredients } } };
  const count = (steps: ReturnType<typeof historyOf>['steps']): number =>
    steps.reduce((n, s) => n + 1 + count(s.ingredients), 0);
  expect(count(historyOf(store, 'trusted' satisfies CredentialState).steps)).toBeLessThanOrEqual(200);
});

test('large C2PA boxes for other purposes are not read', async () => {
  const uuid = Buffer.from('d8fec3d61b0e483c92975828877ec481', 'hex');
  const other = box('uuid', uuid, new Uint8Array(4), Buffer.from('other\0'), new Uint8Array(200_000));
  const bytes = join(FTYP, ...times(40, () => other), box('moov'));
  const source = blobSource(new Blob([bytes]), 'bomb');
  const layout = await layoutOf(source, never);
  expect(layout.c2pa).toHaveLength(40);
  expect(await manifestBox(source, layout, never)).toBeNull();
  expect(source.bytesRead()).toBeLessThan(16 * 1024);
});
