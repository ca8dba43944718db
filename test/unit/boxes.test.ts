/** Boxes: what a header can say, and that hostile bytes neither throw nor keep the walk going. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blobSource } from '../../src/engine/bytes/blob-source';
import { boxesIn, readHeader, walkBoxes } from '../../src/engine/bytes/boxes';
import type { Walk } from '../../src/engine/bytes/boxes';
import { containerOf } from '../../src/engine/bytes/container';
import { layoutOf } from '../../src/engine/bytes/layout';

const never = new AbortController().signal;

const u32 = (n: number): number[] => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];
const chars = (text: string): number[] => Array.from(text, (c) => c.charCodeAt(0));
const box = (type: string, body: number[] = [], size = body.length + 8): number[] => [
  ...u32(size),
  ...chars(type),
  ...body,
];
const sourceOf = (bytes: number[] | Uint8Array<ArrayBuffer>) => blobSource(new Blob([Uint8Array.from(bytes)]), 'test');
const walk = (bytes: number[]): Promise<Walk> => walkBoxes(sourceOf(bytes), 0, null, never);

const ftyp = box('ftyp', chars('isom'));
const C2PA = [0xd8, 0xfe, 0xc3, 0xd6, 0x1b, 0x0e, 0x48, 0x3c, 0x92, 0x97, 0x58, 0x28, 0x87, 0x7e, 0xc4, 0x81];

describe('a header', () => {
  test.each([
    ['32-bit size', box('free', [1, 2]), { type: 'free', body: 8, end: 10 }],
    ['64-bit size', [...u32(1), ...chars('mdat'), ...u32(0), ...u32(24), 1, 2], { type: 'mdat', body: 16, end: 24 }],
    ['to the end', [...u32(0), ...chars('mdat')], { type: 'mdat', body: 8, end: 100 }],
    ['uuid', box('uuid', C2PA), { type: 'uuid', body: 24, end: 24, uuid: 'd8fec3d61b0e483c92975828877ec481' }],
  ])('%s', (_, bytes, expected) => {
    expect(readHeader(Uint8Array.from(bytes), 0, 100)).toMatchObject(expected);
  });

  test.each([
    ['seven bytes', box('free').slice(0, 7)],
    ['a size under its own header', [...u32(7), ...chars('free')]],
    ['a 64-bit size of zero', [...u32(1), ...chars('mdat'), ...u32(0), ...u32(0)]],
    ['a size over 2^53', [...u32(1), ...chars('mdat'), ...u32(0xffffffff), ...u32(0xffffffff)]],
    ['a uuid box without a uuid', box('uuid', [1, 2, 3])],
  ])('none: %s', (_, bytes) => {
    expect(readHeader(Uint8Array.from(bytes), 0, 100)).toBeNull();
  });
});

describe('a walk', () => {
  test('complete, index last', async () => {
    const { boxes, end } = await walk([...ftyp, ...box('mdat', [1, 2, 3]), ...box('moov')]);
    expect(boxes.map((b) => b.type)).toEqual(['ftyp', 'mdat', 'moov']);
    expect(end).toBe('complete');
  });
  test('a box beyond the end', async () => {
    expect(await walk([...ftyp, ...box('mdat', [1], 500)])).toMatchObject({ end: 'partial' });
  });
  test('something that is no box', async () => {
    expect(await walk([...ftyp, ...box('moov'), 0, 0, 0, 3, 0, 0, 0, 0, 0, 0])).toMatchObject({ end: 'broken' });
  });
  test('a last box to the end of the file', async () => {
    expect(await walk([...ftyp, ...u32(0), ...chars('mdat'), 1, 2, 3])).toMatchObject({ end: 'complete' });
  });
  test('an hour of fragments costs a few reads', async () => {
    const fragments = Array.from({ length: 500 }, () => [...box('moof'), ...box('mdat', [1])]).flat();
    const { boxes, end } = await walk([...ftyp, ...fragments]);
    expect(end).toBe('long');
    expect(boxes.length).toBeLessThan(50);
  });
  test('a stopped walk says so', async () => {
    const walked = walkBoxes(sourceOf(ftyp), 0, null, AbortSignal.abort());
    await expect(walked).rejects.toMatchObject({ reason: 'stopped' });
  });
});

test('the layout finds the C2PA box behind anything', async () => {
  const bytes = [...ftyp, ...box('free', [0]), ...box('uuid', C2PA), ...box('mdat')];
  const { c2pa, container, end } = await layoutOf(sourceOf(bytes), never);
  expect({ container, end, at: c2pa.map((b) => b.start) }).toEqual({ container: 'bmff', end: 'complete', at: [21] });
});

test.each([
  ['bmff', ftyp],
  ['avi', [...chars('RIFF'), 0, 0, 0, 0, ...chars('AVI LIST')]],
  ['matroska', [0x1a, 0x45, 0xdf, 0xa3]],
  ['matroska', [0x1a, 0x45, 0xdf, 0xa3, ...chars('ftypisom')]],
  ['other-media', Array.from({ length: 400 }, (_, i) => (i % 188 === 0 ? 0x47 : 0xff))],
  ['not-media', chars('Good morning, this is a text. '.repeat(10))],
  ['playlist', chars('#EXTM3U\n#EXT-X-VERSION:3')],
  ['not-media', chars('<!doctype html><html>')],
  ['not-media', chars('This is a text about mp4 files.')],
  ['not-media', Array.from({ length: 64 }, () => 0)],
  ['not-media', []],
])('%s is told by its first bytes', (expected, bytes) => {
  expect(containerOf(Uint8Array.from(bytes))).toBe(expected);
});

test('hostile bytes: no throw, no endless walk, boxes inside their bounds', async () => {
  const types = fc.constantFrom('ftyp', 'moov', 'mdat', 'uuid', 'free', 'moof', 'meta');
  const sizes = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constantFrom(0, 1, 7, 8, 0xffffffff, 0x7fffffff));
  const piece = fc
    .tuple(sizes, types, fc.uint8Array({ maxLength: 40 }))
    .map(([s, t, b]) => [...u32(s), ...chars(t), ...b]);
  const files = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.array(piece, { maxLength: 12 }).map((p) => Uint8Array.from(p.flat())),
  );
  await fc.assert(
    fc.asyncProperty(files, async (bytes) => {
      for (const found of boxesIn(bytes, 0)) expect(found.end).toBeLessThanOrEqual(bytes.length);
      if (bytes.length === 0) return;
      const { boxes } = await layoutOf(sourceOf([...ftyp, ...bytes]), never);
      for (const [i, found] of boxes.entries()) {
        expect(found.end).toBeGreaterThan(found.start);
        expect(found.start).toBe(i === 0 ? 0 : boxes[i - 1]?.end);
      }
    }),
    { numRuns: 400 },
  );
});
