/** What a signed history says: actions, parents, components, and hostile shapes of it. */
import { describe, expect, test } from 'vitest';
import { historyOf } from '../../src/engine/credentials/history';
import { sourceType } from '../../src/contract/source-types';
import { saysOf } from '../../src/engine/credentials/says';
import type { Ingredient, Manifest, ManifestStore } from '../../src/engine/credentials/store';

const IPTC = 'http://cv.iptc.org/newscodes/digitalsourcetype/';

const manifest = (
  actions: [string, string?][],
  ingredients: Ingredient[] = [],
  label = 'c2pa.actions.v2',
): Manifest => ({
  assertions: [
    {
      label,
      data: {
        actions: actions.map(([action, type]) => ({
          action,
          ...(type === undefined ? {} : { digitalSourceType: /^https?:/.test(type) ? type : IPTC + type }),
        })),
      },
    },
  ],
  ingredients,
});
const store = (manifests: Record<string, Manifest>): ManifestStore => ({ active_manifest: 'a', manifests });
const from = (relationship: string, active_manifest: string): Ingredient => ({ relationship, active_manifest });

const AI = manifest([['c2pa.created', 'trainedAlgorithmicMedia']]);
const CAMERA = manifest([['c2pa.created', 'digitalCapture']]);
const opened = (...ingredients: Ingredient[]): Manifest => manifest([['c2pa.opened']], ingredients);

describe('one manifest', () => {
  test.each([
    ['ai-generated', AI],
    ['ai-generated', manifest([['c2pa.created', IPTC.replace('http:', 'https:') + 'trainedAlgorithmicMedia']])],
    ['ai-generated', manifest([['c2pa.created', 'trainedAlgorithmicMedia']], [], 'c2pa.actions')],
    ['ai-generated', manifest([['c2pa.created', 'trainedAlgorithmicMedia']], [], 'c2pa.actions.v2__1')],
    [
      'ai-edited',
      manifest([
        ['c2pa.created', 'digitalCapture'],
        ['c2pa.edited', 'trainedAlgorithmicMedia'],
      ]),
    ],
    ['ai-edited', manifest([['c2pa.created', 'compositeWithTrainedAlgorithmicMedia']])],
    ['ai-edited', manifest([['c2pa.created', 'compositeSynthetic']])],
    ['captured', CAMERA],
    ['captured', manifest([['c2pa.created', 'computationalCapture']])],
    ['made-without-ai', manifest([['c2pa.created', 'algorithmicMedia']])],
    // Their definitions leave AI open.
    ...['composite', 'virtualRecording', 'algorithmicallyEnhanced', 'softwareImage', 'print', 'negativeFilm'].map(
      (type): [string, Manifest] => ['nothing', manifest([['c2pa.created', type]])],
    ),
    ['nothing', manifest([['c2pa.created']])],
    ['nothing', manifest([['c2pa.created', 'https://elsewhere.example/trainedAlgorithmicMedia']])],
    ['nothing', manifest([['c2pa.created', 'trainedAlgorithmicMedia']], [], 'my.c2pa.actions')],
    ['nothing', {}],
  ])('%s', (expected, active) => {
    expect(saysOf(store({ a: active }))).toBe(expected);
  });

  const withMetadata = (label: string, type: unknown): Manifest => ({
    ...CAMERA,
    assertions: [...(CAMERA.assertions ?? []), { label, data: { 'Iptc4xmpExt:DigitalSourceType': type } as object }],
  });
  test.each([
    ['c2pa.metadata', `${IPTC}trainedAlgorithmicMedia`, 'ai-generated'],
    ['cawg.metadata__1', [`${IPTC}compositeSynthetic`], 'ai-edited'],
    ['stds.iptc', 'digsrctype:trainedAlgorithmicMedia', 'ai-generated'],
    ['my.metadata', `${IPTC}trainedAlgorithmicMedia`, 'captured'],
    ['c2pa.metadata', `${IPTC}digitalCreation`, 'captured'],
    ['c2pa.metadata', { toString: 1 }, 'captured'],
  ])('signed metadata: %s %j: %s', (label, type, expected) => {
    expect(saysOf(store({ a: withMetadata(label, type) }))).toBe(expected);
  });

  test('of metadata alone only AI is taken', () => {
    const only = (type: string): Manifest => ({
      assertions: withMetadata('c2pa.metadata', IPTC + type).assertions?.slice(1) ?? [],
    });
    expect(saysOf(store({ a: only('trainedAlgorithmicMedia') }))).toBe('ai-generated');
    expect(saysOf(store({ a: only('digitalCapture') }))).toBe('nothing');
  });

  test.each([
    [
      'a template',
      { templates: [{ action: 'c2pa.edited', digitalSourceType: `${IPTC}trainedAlgorithmicMedia` }] },
      'ai-edited',
    ],
    [
      'a template of all',
      { templates: [{ action: '*', digitalSourceType: `${IPTC}compositeSynthetic` }] },
      'ai-edited',
    ],
    [
      'a template of other actions',
      { templates: [{ action: 'c2pa.dubbed', digitalSourceType: `${IPTC}compositeSynthetic` }] },
      'captured',
    ],
    ['no list of templates', { templates: 7 }, 'captured'],
  ])('%s', (_, more, expected) => {
    const actions = [{ action: 'c2pa.created', digitalSourceType: `${IPTC}digitalCapture` }, { action: 'c2pa.edited' }];
    expect(saysOf(store({ a: { assertions: [{ label: 'c2pa.actions.v2', data: { actions, ...more } }] } }))).toBe(
      expected,
    );
  });

  test('actions within an action', () => {
    const ai = { action: 'c2pa.edited', digitalSourceType: `${IPTC}trainedAlgorithmicMedia` };
    const actions = [
      { action: 'c2pa.created', digitalSourceType: `${IPTC}digitalCapture`, related: [{ related: [ai] }] },
    ];
    expect(saysOf(store({ a: { assertions: [{ label: 'c2pa.actions.v2', data: { actions } }] } }))).toBe('ai-edited');
  });
});

describe('a step on material of unknown origin', () => {
  const unknown: Ingredient = { relationship: 'parentOf' };
  test.each([
    ['nothing', 'humanEdits'],
    ['nothing', 'digitalCapture'],
    ['ai-edited', 'compositeWithTrainedAlgorithmicMedia'],
    ['ai-edited', 'trainedAlgorithmicMedia'],
  ])('%s: %s', (expected, type) => {
    expect(saysOf(store({ a: manifest([['c2pa.opened'], ['c2pa.edited', type]], [unknown]) }))).toBe(expected);
  });
});

describe('a word that is handed on', () => {
  const edit = (b: Manifest): ManifestStore => store({ a: opened(from('parentOf', 'b')), b });
  test('AI by whomever, anything else only by what is sound', () => {
    expect(saysOf(edit(CAMERA), () => true)).toBe('captured');
    expect(saysOf(edit(CAMERA), () => false)).toBe('nothing');
    expect(saysOf(edit(AI), () => false)).toBe('ai-generated');
  });
  test('along a chain of any length', () => {
    const names = Array.from({ length: 200 }, (_, i) => (i === 0 ? 'a' : `m${i}`));
    const chain = (last: Manifest): ManifestStore =>
      store({
        ...Object.fromEntries(names.map((name, i) => [name, opened(from('parentOf', names[i + 1] ?? 'last'))])),
        last,
      });
    expect(saysOf(chain(AI))).toBe('ai-generated');
    expect(saysOf(chain(CAMERA))).toBe('captured');
  });
});

describe('a history', () => {
  test.each([
    ['ai-generated', 'AI parent', { a: opened(from('parentOf', 'b')), b: AI }],
    ['ai-generated', 'AI grandparent', { a: opened(from('parentOf', 'b')), b: opened(from('parentOf', 'c')), c: AI }],
    ['ai-edited', 'AI component', { a: opened(from('componentOf', 'b')), b: AI }],
    ['ai-edited', 'camera and AI', { a: opened(from('parentOf', 'b'), from('componentOf', 'c')), b: CAMERA, c: AI }],
    ['captured', 'camera parent', { a: opened(from('parentOf', 'b')), b: CAMERA }],
    ['nothing', 'camera component', { a: opened(from('componentOf', 'b')), b: CAMERA }],
    [
      'captured',
      'AI as input only',
      { a: manifest([['c2pa.created', 'digitalCapture']], [from('inputTo', 'b')]), b: AI },
    ],
    ['nothing', 'a parent that is not there', { a: opened(from('parentOf', 'gone')) }],
  ])('%s: %s', (expected, _, manifests) => {
    expect(saysOf(store(manifests))).toBe(expected);
  });

  test('a cycle ends', () => {
    const s = store({
      a: opened(from('parentOf', 'b')),
      b: opened(from('parentOf', 'a'), from('componentOf', 'c')),
      c: AI,
    });
    expect(saysOf(s)).toBe('ai-edited');
    expect(historyOf(s, 'trusted').steps).toHaveLength(1);
  });

  test('millions of ways to one manifest take no time', () => {
    const layers = Object.fromEntries(
      Array.from({ length: 30 }, (_, i) => [
        i === 0 ? 'a' : `m${String(i)}`,
        opened(...Array.from({ length: 8 }, () => from('parentOf', `m${String(i + 1)}`))),
      ]),
    );
    const s = store({ ...layers, m30: AI });
    expect(saysOf(s)).toBe('ai-generated');
    expect(JSON.stringify(historyOf(s, 'trusted')).length).toBeLessThan(100_000);
  });

  test('a manifest called __proto__ is no manifest unless it is there', () => {
    expect(saysOf({ active_manifest: '__proto__', manifests: {} })).toBe('nothing');
    expect(historyOf({ active_manifest: 'toString', manifests: {} }, 'none').steps).toEqual([]);
  });
});

test('values of any type are met', () => {
  const odd = {
    active_manifest: 'a',
    manifests: { a: { assertions: [{ label: 'c2pa.actions', data: { actions: [null, 1, 'x', { action: 7 }] } }] } },
  };
  expect(saysOf(odd as unknown as ManifestStore)).toBe('nothing');
  expect(historyOf(odd as unknown as ManifestStore, 'trusted').steps[0]?.actions.map((a) => a.action)).toEqual(['']);
  const empty = 'http://c2pa.org/digitalsourcetype/empty';
  expect(sourceType(empty)).toBe('empty');
  expect(sourceType(empty.replace('c2pa', 'other'))).toBeNull();
  expect([null, 7, {}, ' trainedAlgorithmicMedia '].map(sourceType)).toEqual([
    null,
    null,
    null,
    'trainedAlgorithmicMedia',
  ]);
});
