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
