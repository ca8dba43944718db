/** Histories made to hurt: deep, wide, in circles, with endless strings; and the pictures that go with their steps. */
import { describe, expect, test } from 'vitest';
import type { HistoryStep } from '../../src/contract/label';
import { imageSize } from '../../src/engine/bytes/image-size';
import { describe as described } from '../../src/engine/credentials/describe';
import { historyOf } from '../../src/engine/credentials/history';
import { picturesOf, rawManifest } from '../../src/engine/credentials/raw-manifest';
import type { Ingredient, Manifest, ManifestStore } from '../../src/engine/credentials/store';
import { chars, u16, u32 } from './support/bmff';

const store = (manifests: Record<string, Manifest>): ManifestStore => ({ active_manifest: 'a', manifests });
const parent = (active_manifest: string, more: Partial<Ingredient> = {}): Ingredient => ({
  relationship: 'parentOf',
  active_manifest,
  ...more,
});
const count = (steps: HistoryStep[]): number => steps.reduce((sum, step) => sum + 1 + count(step.ingredients), 0);
const depth = (steps: HistoryStep[]): number => Math.max(0, ...steps.map((step) => 1 + depth(step.ingredients)));
const many = (length: number, of: (i: number) => Ingredient): Ingredient[] => Array.from({ length }, (_, i) => of(i));

describe('bounded', () => {
  test('deep', () => {
    const chain = Object.fromEntries(
      Array.from({ length: 500 }, (_, i) => [i === 0 ? 'a' : `m${i}`, { ingredients: [parent(`m${i + 1}`)] }]),
    );
    expect(depth(historyOf(store(chain), 'trusted').steps)).toBeLessThanOrEqual(20);
  });
  test('wide', () => {
    const wide = store({ a: { ingredients: many(100_000, () => parent('b')) }, b: { title: 'b' } });
    expect(count(historyOf(wide, 'trusted').steps)).toBeLessThanOrEqual(200);
  });
  test('wide in each of its steps', () => {
    const layers = Object.fromEntries(
      ['a', 'b', 'c', 'd'].map((name, i, all) => [name, { ingredients: many(150, () => parent(all[i + 1] ?? '')) }]),
    );
    expect(count(historyOf(store(layers), 'trusted').steps)).toBeLessThanOrEqual(200);
  });
  test('in circles', () => {
    const circle = store({ a: { ingredients: [parent('b')] }, b: { ingredients: [parent('a'), parent('b')] } });
    expect(count(historyOf(circle, 'trusted').steps)).toBeLessThan(10);
  });
  test('actions, and strings', () => {
    const long = '\u{1f600}'.repeat(100_000);
    const actions = Array.from({ length: 10_000 }, () => ({
      action: long,
      when: long,
      digitalSourceType: 'x'.repeat(9_999),
    }));
    const steps = historyOf(
      store({
        a: {
          title: long,
          claim_generator_info: [{ name: long, version: long }],
          signature_info: { issuer: long, time: long },
          assertions: [{ label: 'c2pa.actions.v2', data: { actions } }],
          ingredients: many(10, () => parent('', { title: long, relationship: long })),
        },
      }),
      'trusted',
    ).steps;
    const text = JSON.stringify(steps);
    expect(text.length).toBeLessThan(600_000);
    expect(text.isWellFormed()).toBe(true);
    expect(steps[0]?.title).toMatch(/…$/);
  });
});

describe('who signed', () => {
  test.each<[string, object | null, string | null]>([
    ['an organisation', { issuer: 'Leica', common_name: 'M11 no. 7' }, 'Leica'],
    ['a person, in whose certificate stands no organisation', { common_name: 'Jane Doe' }, 'Jane Doe'],
    ['the same, with an empty one', { issuer: ' ', common_name: 'Jane Doe' }, 'Jane Doe'],
    ['null where the verifier found none', { issuer: null, common_name: 'Jane Doe' }, 'Jane Doe'],
    ['nobody that has a name', { issuer: '', common_name: '' }, null],
    ['nobody', null, null],
  ])('%s', (_, signature_info, issuer) => {
    const signed = store({ a: { signature_info } as Manifest });
    expect(historyOf(signed, 'trusted').steps[0]?.issuer).toBe(issuer);
    const verdict = { state: 'unrecognised', reason: 'untrusted', detail: null } as const;
    expect(described(signed, verdict, null).issuer).toBe(issuer);
  });
});

const png = (width: number, height: number): Uint8Array =>
  Uint8Array.from([0x89, ...chars('PNG\r\n'), 0x1a, 10, 0, 0, 0, 13, ...chars('IHDR'), ...u32(width), ...u32(height)]);
const bytes = (...parts: number[][]): Uint8Array => Uint8Array.from(parts.flat());

describe('pictures', () => {
  const kept = (part: Uint8Array | undefined): (string | null)[] => {
    const s = store({ a: { thumbnail: { identifier: 'one' } } });
    const parts = new Map(part === undefined ? [] : [['one', part]]);
    return rawManifest({ store: s, text: '{}', parts }).pictures.map((blob) => blob?.type ?? null);
  };
  test.each<[string, Uint8Array | undefined, string | null]>([
    ['a small PNG', png(64, 64), 'image/png'],
    ['one of 16 gigapixels', png(131_072, 131_072), null],
    ['one without extent', png(0, 64), null],
    [
      'one of many bytes',
      bytes(
        [...png(64, 64)],
        Array.from({ length: 300_000 }, () => 0),
      ),
      null,
    ],
    ['markup', bytes(chars('<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>')), null],
    ['a GIF', bytes(chars('GIF89a'), [64, 0, 64, 0]), null],
    ['nothing', undefined, null],
  ])('%s', (_, part, expected) => {
    expect(kept(part)).toEqual([expected]);
  });

  test('stand beside their steps, an ingredient’s own before its manifest’s', () => {
    const s = store({
      a: { ingredients: [parent('b', { thumbnail: { identifier: 'own' } }), parent('b'), parent('gone')] },
      b: { thumbnail: { identifier: 'b' }, ingredients: [parent('gone', { thumbnail: { identifier: 'deep' } })] },
    });
    expect(historyOf(s, 'trusted').pictures).toEqual([null, 'own', 'deep', 'b', 'deep', null]);
    expect(picturesOf(s)).toEqual(['own', 'deep', 'b']);
  });
  test('a name that is no text, and thousands of names', () => {
    const odd = store({ a: { thumbnail: { identifier: { toString: 'x' } }, ingredients: [] } });
    expect(picturesOf(odd)).toEqual([]);
    const s = store({ a: { ingredients: many(5_000, (i) => parent('', { thumbnail: { identifier: `n${i}` } })) } });
    expect(picturesOf(s).length).toBeLessThanOrEqual(12);
  });
  test('a long text is cut', async () => {
    const { json } = rawManifest({ store: {}, text: 'x'.repeat(5_000_000), parts: new Map() });
    expect((await json.text()).length).toBeLessThan(300_000);
  });
});

test.each<[string, Uint8Array, ReturnType<typeof imageSize>]>([
  ['PNG', png(30, 20), { type: 'image/png', width: 30, height: 20 }],
  [
    'JPEG',
    bytes([0xff, 0xd8, 0xff, 0xe0, ...u16(4), 0, 0, 0xff, 0xc2, ...u16(11), 8, ...u16(20), ...u16(30), 3, 0]),
    { type: 'image/jpeg', width: 30, height: 20 },
  ],
  ['JPEG in circles', bytes([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0xff, 0xe0, 0, 0, 0, 0, 0, 0]), null],
  [
    'WebP, extended',
    bytes(chars('RIFF'), u32(0), chars('WEBPVP8X'), u32(0), u32(0), [29, 0, 0, 19, 0, 0]),
    { type: 'image/webp', width: 30, height: 20 },
  ],
  [
    'WebP, lossy',
    bytes(chars('RIFF'), u32(0), chars('WEBPVP8 '), u32(0), [0, 0, 0, 0x9d, 1, 0x2a, 30, 0, 20, 0]),
    { type: 'image/webp', width: 30, height: 20 },
  ],
  [
    'WebP, lossless: 14 bits of width less one, then 14 of height less one',
    bytes(chars('RIFF'), u32(0), chars('WEBPVP8L'), u32(0), [0x2f, ...u32(29 + (19 << 14)).reverse()]),
    { type: 'image/webp', width: 30, height: 20 },
  ],
  ['a sound', bytes(chars('RIFF'), u32(0), chars('WAVEfmt ')), null],
  ['nothing', new Uint8Array(0), null],
])('the size of %s', (_, picture, expected) => {
  expect(imageSize(picture)).toEqual(expected);
});
