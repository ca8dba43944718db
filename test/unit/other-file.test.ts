/** A file that is not what the player shows: told by what its index says of length and size. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { blobSource } from '../../src/engine/bytes/blob-source';
import { layoutOf } from '../../src/engine/bytes/layout';
import { presentationOf } from '../../src/engine/bytes/presentation';
import type { Presentation } from '../../src/engine/bytes/presentation';
import { isOther, isOtherFile } from '../../src/engine/other-file';
import type { Shown } from '../../src/engine/other-file';
import { box, full, sourceOf, u16, u32 } from './support/bmff';

const never = new AbortController().signal;
const shown = (width: number | null, height: number | null, duration_s: number | null): Shown => ({
  width,
  height,
  duration_s,
});
const presentation = async (bytes: number[]): Promise<Presentation> => {
  const source = sourceOf(bytes);
  return await presentationOf(source, await layoutOf(source, never), never);
};
const media = (name: string): ReturnType<typeof blobSource> =>
  blobSource(new Blob([readFileSync(`test/fixtures/media/${name}`)]), name);

const zeros = (n: number): number[] => Array.from({ length: n }, () => 0);
const ftyp = box('ftyp', [105, 115, 111, 109], u32(0));
/** `mvhd` or `mdhd`, ten units a second. */
const header = (type: string, units: number): number[] => box(type, full(), zeros(8), u32(10), u32(units), zeros(4));
const long = (type: string, units: number): number[] =>
  box(type, full(1), zeros(16), u32(10), u32(0), u32(units), zeros(4));
/** All ones: not known when the file was written (ISO/IEC 14496-12, 8.2.2.3). */
const unknown = (type: string): number[] =>
  box(type, full(1), zeros(16), u32(10), u32(0xffffffff), u32(0xffffffff), zeros(4));
const tkhd = (width: number, height: number): number[] =>
  box('tkhd', full(), zeros(72), u32(width << 16), u32(height << 16));
const longTkhd = (width: number, height: number): number[] =>
  box('tkhd', full(1), zeros(84), u32(width << 16), u32(height << 16));
const stsd = (width: number, height: number): number[] =>
  box('stsd', full(), u32(1), box('avc1', zeros(24), u16(width), u16(height), zeros(50)));
const trak = (head: number[], units: number, entry: number[]): number[] =>
  box('trak', head, box('mdia', header('mdhd', units), box('minf', box('stbl', entry, box('stts', full())))));

describe('what an index says', () => {
  test('all lengths and sizes in it', async () => {
    const moov = box('moov', header('mvhd', 80), trak(tkhd(640, 360), 79, stsd(320, 368)), trak(tkhd(0, 0), 81, []));
    expect(await presentation([...ftyp, ...moov])).toEqual({
      durations_s: [8, 7.9, 8.1],
      sizes: [
        { width: 640, height: 360 },
        { width: 320, height: 368 },
      ],
    });
  });

  test('boxes of version 1', async () => {
    const moov = box('moov', long('mvhd', 80), box('trak', longTkhd(640, 360), box('mdia', long('mdhd', 70))));
    expect(await presentation([...ftyp, ...moov])).toEqual({
      durations_s: [8, 7],
      sizes: [{ width: 640, height: 360 }],
    });
  });

  test.each([
    ['to the right', [0, 0x10000, 0, 0xffff0000, 0]],
    ['to the left', [0, 0xffff0000, 0, 0x10000, 0]],
  ])('sizes turned %s', async (__, matrix) => {
    const head = box('tkhd', full(), zeros(36), matrix.flatMap(u32), zeros(16), u32(640 << 16), u32(360 << 16));
    const { sizes } = await presentation([...ftyp, ...box('moov', trak(head, 80, stsd(640, 368)))]);
    expect(sizes).toEqual([
      { width: 360, height: 640 },
      { width: 368, height: 640 },
    ]);
  });

  test.each([
    ['no index', ftyp],
    ['no lengths', [...ftyp, ...box('moov', header('mvhd', 0), trak(tkhd(0, 0), 0, []))]],
    [
      'lengths that nobody knew',
      [...ftyp, ...box('moov', header('mvhd', 0xffffffff), trak(tkhd(0, 0), 0xffffffff, []))],
    ],
    [
      'the same in boxes of version 1',
      [...ftyp, ...box('moov', unknown('mvhd'), box('trak', box('mdia', unknown('mdhd'))))],
    ],
    ['no scale', [...ftyp, ...box('moov', box('mvhd', full(), zeros(12), u32(80)))]],
    ['an empty track', [...ftyp, ...box('moov', box('trak'))]],
    ['boxes cut short', [...ftyp, ...box('moov', box('mvhd', full()), box('trak', box('tkhd', full())))]],
  ])('nothing: %s', async (_, bytes) => {
    expect(await presentation(bytes)).toEqual({ durations_s: [], sizes: [] });
  });

  test('no lengths of a file in fragments', async () => {
    const moov = box('moov', header('mvhd', 5), trak(tkhd(640, 360), 5, stsd(640, 360)), box('mvex'));
    expect((await presentation([...ftyp, ...moov])).durations_s).toEqual([]);
  });
});

const FILE: Presentation = {
  durations_s: [8, 8.02],
  sizes: [
    { width: 640, height: 360 },
    { width: 480, height: 368 },
  ],
};

test.each([
  ['the same', shown(640, 360, 8), false],
  ['pixels that are not square', shown(900, 360, 8), false],
  ['cropped by the codec', shown(634, 354, 8), false],
  ['a little longer', shown(640, 360, 8.4), false],
  ['an unknown length', shown(640, 360, null), false],
  ['no picture', shown(null, null, 8), false],
  ['of another size', shown(320, 180, 8), true],
  ['upright', shown(360, 640, 8), true],
  ['longer', shown(640, 360, 9), true],
  ['shorter', shown(640, 360, 7), true],
  ['longer, without a picture', shown(null, null, 12), true],
])('a player shows it %s: other %s', (_, player, other) => {
  expect(isOther(FILE, player)).toBe(other);
});

test('a file that says nothing can be anything', () => {
  expect(isOther({ durations_s: [], sizes: [] }, shown(640, 360, 8))).toBe(false);
});

describe('files of our own', () => {
  test.each([
    ['unsigned.mp4', shown(426, 240, 3)],
    ['unsigned-moov-last.mp4', shown(426, 240, 3)],
    ['fragmented.mp4', shown(426, 240, 3)],
    ['portrait.mp4', shown(240, 426, 3)],
  ])('%s', async (name, player) => {
    expect(await isOtherFile(media(name), player, never)).toBe(false);
    expect(await isOtherFile(media(name), shown(1280, 720, 3), never)).toBe(true);
  });

  test.each(['text.mp4', 'zero-bytes.mp4', 'webm-aigc.webm', 'flv-aigc.flv'])('%s has no such index', async (name) => {
    expect(await isOtherFile(media(name), shown(1280, 720, 100), never)).toBe(false);
  });
});
