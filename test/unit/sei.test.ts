/** Messages in the first picture: where it is found, what it may cost, and what is no message. */
import { describe, expect, test } from 'vitest';
import { frugalSource } from '../../src/engine/bytes/frugal-source';
import { C2PA_UUID, layoutOf } from '../../src/engine/bytes/layout';
import { seiMessages } from '../../src/engine/disclosures/sei';
import { box, chars, full, sourceOf, u32 } from './support/bmff';

const never = new AbortController().signal;
const UUID = '91ca60614aee385486142d5f73f4ae2e';
const bytesOf = (hex: string): number[] => hex.match(/../g)?.map((byte) => Number.parseInt(byte, 16)) ?? [];
const uuid = bytesOf(UUID);

const unit = (header: number, body: number[]): number[] => [...u32(body.length + 1), header, ...body];
const message = (id: number[], payload: number[]): number[] => {
  const size = id.length + payload.length;
  return [5, ...Array.from({ length: Math.floor(size / 255) }, () => 255), size % 255, ...id, ...payload];
};
const said = unit(6, [...message(uuid, chars('kling-ai')), 0x80]);
const behind = unit(6, [...message(chars('x264 - core 164.'), [1]), ...message(uuid, chars('kling-ai')), 0x80]);
const picture = unit(0x65, [1, 2, 3, 4]);
const sound = (length: number): number[] => Array.from({ length }, (_, i) => 0xde ^ (i % 7));

interface File {
  brand?: string;
  codec?: string;
  /** Bytes in front of the first picture. */
  before?: number[];
  sample: number[];
  /** Bytes of further boxes in the index, in front of the track. */
  padding?: number;
  /** Bytes of a manifest store in front of the media. */
  store?: number;
}

/** A file with its index behind the media. */
function file({ brand = 'avc1', codec = 'avc1', before = [], sample, padding = 0, store = 0 }: File): number[] {
  const ftyp = box('ftyp', chars(`isom\0\0\0\0${brand}`));
  const c2pa = store === 0 ? [] : box('uuid', bytesOf(C2PA_UUID), sound(store));
  const stbl = box(
    'stbl',
    box('stsd', full(), u32(1), box(codec, [0, 0])),
    box('stsz', full(), u32(0), u32(1), u32(sample.length)),
    box('stco', full(), u32(1), u32(ftyp.length + c2pa.length + 8 + before.length)),
  );
  const free = box(
    'free',
    Array.from({ length: padding }, () => 0),
  );
  const moov = box('moov', free, box('trak', box('mdia', box('minf', stbl))));
  return [...ftyp, ...c2pa, ...box('mdat', before, sample), ...moov];
}

async function read(bytes: number[]): Promise<{ found: string[]; spent: number }> {
  const source = sourceOf(bytes);
  const prefetch = async (start: number, end: number): Promise<void> => {
    await source.read(start, end, never);
  };
  const frugal = frugalSource({ ...source, prefetch });
  const layout = await layoutOf(frugal.source, never);
  const found = await seiMessages(frugal, layout, never);
  return { found: found.map((m) => m.uuid), spent: frugal.spent() };
}

describe('found', () => {
  test.each<[string, File]>([
    ['at the start', { sample: [...said, ...picture] }],
    ['as the second message of a unit', { sample: [...behind, ...picture] }],
    ['behind other units', { sample: [...unit(9, [1]), ...unit(7, [1]), ...unit(8, [1]), ...said, ...picture] }],
    ['behind a unit of 10 KB', { sample: [...unit(12, sound(10_000)), ...said, ...picture] }],
    ['behind sound', { before: sound(300), sample: [...said, ...picture] }],
    ['behind a manifest store and sound', { store: 20_000, before: sound(3_000), sample: [...said, ...picture] }],
    ['behind 30 KB of sound', { before: sound(30_000), sample: [...said, ...picture] }],
  ])('%s', async (_, made) => {
    const { found, spent } = await read(file(made));
    expect(found).toContain(UUID);
    expect(spent).toBeLessThanOrEqual(16 * 1024);
  });
});

describe('not looked for, or not there', () => {
  test.each<[string, File]>([
    ['behind the picture', { sample: [...picture, ...said] }],
    ['behind sound, without the brand', { brand: 'mp42', before: sound(300), sample: [...said, ...picture] }],
    ['behind sound, in another codec', { codec: 'hvc1', before: sound(300), sample: [...said, ...picture] }],
    ['sound alone', { codec: 'mp4a', before: sound(300), sample: sound(300) }],
    ['cut off', { sample: said.slice(0, 12) }],
    ['a text of that name', { sample: [...unit(12, chars('kling-ai')), ...picture] }],
  ])('%s', async (_, made) => {
    expect((await read(file(made))).found).toEqual([]);
  });

  test('a large index in front of the track costs no more than its headers', async () => {
    const { found, spent } = await read(
      file({ padding: 400_000, before: sound(30_000), sample: [...said, ...picture] }),
    );
    expect(found).toEqual([UUID]);
    expect(spent).toBeLessThanOrEqual(16 * 1024);
  });
});

test('what was read already counts: no more than one further block after 16 KB', async () => {
  const bytes = file({ before: sound(30_000), sample: [...said, ...picture] });
  const frugal = frugalSource(sourceOf([...bytes, ...box('free', sound(80_000))]));
  const layout = await layoutOf(frugal.source, never);
  await frugal.source.read(40_000, 80_000, never);
  const before = frugal.spent();
  expect(before).toBeGreaterThan(16 * 1024);
  await seiMessages(frugal, layout, never);
  expect(frugal.spent()).toBeLessThanOrEqual(before + 4096);
});
