/** Files and fragments that speak of more samples than they can have. */
import { readFileSync } from 'node:fs';
import { BufferSource, Input } from 'mediabunny';
import { describe, expect, test } from 'vitest';
import { boundedMp4 } from '../../src/engine/bytes/bounded-samples';
import { mediaTime } from '../../src/engine/bytes/media-time';

const MEDIA = 'test/fixtures/media';
const read = (name: string): Buffer => readFileSync(`${MEDIA}/${name}`);
const stream = (change = (fragment: Buffer): Buffer => fragment): Buffer =>
  Buffer.concat([read('stream/init.mp4'), change(read('stream/seg-1.m4s'))]);

/** The first time of the video, for which the library reads its index or its first fragment. */
async function firstTime(file: Buffer): Promise<number> {
  const formats = [boundedMp4({ atOnce: 1_000, inAll: 3_000 })];
  const input = new Input({ source: new BufferSource(new Uint8Array(file)), formats });
  try {
    const track = await input.getPrimaryVideoTrack();
    if (track === null) throw new Error('no video');
    await track.computeDuration();
    return await track.getFirstTimestamp();
  } finally {
    input.dispose();
  }
}

/** Where the fields of a box begin. */
const fieldsOf = (file: Buffer, type: string): number => file.indexOf(type) + 4;

/** A run without fields of its samples: as many as it says, of the default size. */
function crowded(fragment: Buffer, samples: number): Buffer {
  const run = fieldsOf(fragment, 'trun');
  fragment.writeUInt32BE(fragment.readUInt32BE(run) & 1, run);
  fragment.writeUInt32BE(samples, run + 4);
  return fragment;
}

/** With further bytes in the run's part of the fragment. */
function grown(fragment: Buffer, at: number, more: Buffer): Buffer {
  for (const type of ['moof', 'traf']) {
    const size = fragment.indexOf(type) - 4;
    fragment.writeUInt32BE(fragment.readUInt32BE(size) + more.length, size);
  }
  return Buffer.concat([fragment.subarray(0, at), more, fragment.subarray(at)]);
}

/** The size of the run in 64 bits. */
function wide(fragment: Buffer): Buffer {
  const fields = fieldsOf(fragment, 'trun');
  const size = Buffer.alloc(8);
  size.writeUInt32BE(fragment.readUInt32BE(fields - 8) + 8, 4);
  fragment.writeUInt32BE(1, fields - 8);
  return grown(fragment, fields, size);
}

/** The run once more, so many times. */
function repeated(fragment: Buffer, times: number): Buffer {
  const start = fieldsOf(fragment, 'trun') - 8;
  const run = fragment.subarray(start, start + fragment.readUInt32BE(start));
  return grown(fragment, start, Buffer.concat(Array<Buffer>(times).fill(run)));
}

/** The first run of an index of a whole file, as long as it says. */
function indexed(file: Buffer, types: string[], samples: number): Buffer {
  for (const type of types) file.writeUInt32BE(samples, fieldsOf(file, type) + 8);
  return file;
}

test('files as they are', async () => {
  expect(await firstTime(read('unsigned.mp4'))).toBeGreaterThanOrEqual(0);
  expect(await firstTime(read('fragmented.mp4'))).toBeGreaterThanOrEqual(0);
  expect(await firstTime(stream())).toBeGreaterThanOrEqual(0);
  expect(await firstTime(stream(wide))).toBeGreaterThanOrEqual(0);
});

test('an index whose runs are never spread out may be as long as it likes: sound has a sample for each instant', async () => {
  const file = indexed(read('unsigned.mp4'), ['stts'], 48_000 * 3_600);
  file.write('free', fieldsOf(file, 'ctts') - 4);
  expect(await firstTime(file)).not.toBeNaN();
});

test.each(['stts', 'ctts', 'stsc', 'stss', 'stsz', 'stco'])('a table %s that is larger than its box', async (type) => {
  const file = read('unsigned.mp4');
  const count = fieldsOf(file, type) + (type === 'stsz' ? 8 : 4);
  file.writeUInt32BE(file.readUInt32BE(count) + 9, count);
  await expect(firstTime(file)).rejects.toThrow('larger than its box');
});

/** Boxes in a larger one, each so many times. */
function inMoov(file: Buffer, box: string, count: number): Buffer {
  const [moov, at] = [file.indexOf('moov') - 4, file.indexOf(box) - 4];
  const more = Buffer.concat(Array<Buffer>(count).fill(file.subarray(at, at + file.readUInt32BE(at))));
  const end = moov + file.readUInt32BE(moov);
  file.writeUInt32BE(end - moov + more.length, moov);
  return Buffer.concat([file.subarray(0, end), more, file.subarray(end)]);
}

/** With a list of where its fragments are, at its end. */
function placed(file: Buffer, places: number): Buffer {
  const box = (type: string, body: Buffer): Buffer => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(body.length + 8);
    head.write(type, 4);
    return Buffer.concat([head, body]);
  };
  const list = Buffer.alloc(16 + places * 11);
  list.writeUInt32BE(1, 4);
  list.writeUInt32BE(places, 12);
  const all = box('mfra', box('tfra', list));
  const end = Buffer.alloc(16);
  end.writeUInt32BE(all.length + 16, 12);
  all.writeUInt32BE(all.length + 16);
  return Buffer.concat([file, all, box('mfro', end.subarray(8))]);
}

test('very many tracks, each of which is compared with all others', async () => {
  expect(await firstTime(inMoov(read('unsigned.mp4'), 'trak', 100))).toBeGreaterThanOrEqual(0);
  await expect(firstTime(inMoov(read('unsigned.mp4'), 'trak', 201))).rejects.toThrow('more tracks');
});

test('very many places of fragments', async () => {
  expect(await firstTime(placed(stream(), 100))).toBeGreaterThanOrEqual(0);
  await expect(firstTime(placed(stream(), 20_001))).rejects.toThrow('more fragments');
});

describe('chunks that the library would count its way through', () => {
  test.each<[string, number, number]>([
    ['samples in one', 12, 0xffffffff],
    ['samples in one, just too many', 12, 1_001],
    ['of a number that no file has', 20, 0xffffffff],
    ['that go back', 20, 1],
  ])('%s', async (_, at, value) => {
    const file = read('unsigned.mp4');
    file.writeUInt32BE(value, fieldsOf(file, 'stsc') + at);
    await expect(firstTime(file)).rejects.toThrow('more chunks');
  });
});

test('more samples in fragments than the file has bytes', async () => {
  const fragment = crowded(read('stream/seg-1.m4s'), 900);
  const moof = fragment.subarray(0, fragment.indexOf('mdat') - 4);
  const file = Buffer.concat([read('stream/init.mp4'), moof, moof]);
  expect(file.length).toBeLessThan(1_800);
  await expect(firstTime(file)).rejects.toThrow('more samples');
});

describe.each([1_001, 0xffffffff])('%i samples', (samples) => {
  test.each<[string, () => Buffer]>([
    ['in a run', () => stream((s) => crowded(s, samples))],
    ['in a run whose size has 64 bits', () => stream((s) => wide(crowded(s, samples)))],
    ['in an index', () => indexed(read('unsigned.mp4'), ['stts', 'ctts'], samples)],
    ['in an index, by its times alone', () => indexed(read('unsigned.mp4'), ['stts'], samples)],
    ['in an index, by its offsets alone', () => indexed(read('unsigned.mp4'), ['ctts'], samples)],
  ])('%s', async (_, file) => {
    await expect(firstTime(file())).rejects.toThrow('more samples');
  });
  test('in a fragment of a stream', async () => {
    const init = new Uint8Array(read('stream/init.mp4'));
    const fragment = crowded(read('stream/seg-1.m4s'), samples === 1_001 ? 100_000 : samples);
    expect(await mediaTime(init, new Uint8Array(fragment), 0)).toBeNull();
  });
});

test('in a fragment of a stream, also where it has as many bytes', async () => {
  const init = new Uint8Array(read('stream/init.mp4'));
  const time = async (samples: number): Promise<unknown> => {
    const fragment = Buffer.concat([crowded(read('stream/seg-1.m4s'), samples), Buffer.alloc(400_000)]);
    return await mediaTime(init, new Uint8Array(fragment), 0);
  };
  expect(await time(1_001)).not.toBeNull();
  expect(await time(250_001)).toBeNull();
});

test('many runs that are too many together, in one fragment or in all', async () => {
  const two = (s: Buffer): Buffer => repeated(crowded(s, 600), 1);
  await expect(firstTime(stream(two))).rejects.toThrow('more samples');
  const one = crowded(read('stream/seg-1.m4s'), 900);
  const all = (count: number): Buffer => Buffer.concat([read('stream/init.mp4'), ...Array<Buffer>(count).fill(one)]);
  expect(await firstTime(all(1))).toBeGreaterThanOrEqual(0);
  await expect(firstTime(all(4))).rejects.toThrow('more samples');
});

test('which seconds a fragment fills', async () => {
  const [init, fragment] = [read('stream/init.mp4'), read('stream/seg-2.m4s')].map((part) => new Uint8Array(part));
  const [from, to] = (await mediaTime(init ?? new Uint8Array(), fragment ?? new Uint8Array(), 0)) ?? [];
  expect(from).toBeLessThan(to ?? 0);
});
