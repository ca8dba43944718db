/** Matroska files of few bytes that would keep the decoding library busy, or make it keep much. */
import { readFileSync } from 'node:fs';
import { BufferSource, Input } from 'mediabunny';
import { describe, expect, test } from 'vitest';
import { boundedMatroska, boundedWebM } from '../../src/engine/bytes/bounded-matroska';

/** An element; its size in eight bytes, or in one. */
function element(id: string, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE(BigInt(body.length) | (1n << 56n));
  return Buffer.concat([Buffer.from(id, 'hex'), body.length < 127 ? Buffer.from([0x80 | body.length]) : size, body]);
}
const number = (id: string, value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return element(id, bytes);
};
const times = (count: number, part: Buffer): Buffer => Buffer.concat(Array<Buffer>(count).fill(part));

const VIDEO = element('e0', number('b0', 640), number('ba', 360));
const SOUND = element('e1', number('9f', 2));
const track = (id: number, kind: Buffer, ...more: Buffer[]): Buffer =>
  element(
    'ae',
    number('d7', id),
    number('83', kind === VIDEO ? 1 : 2),
    element('86', Buffer.from(kind === VIDEO ? 'V_VP8' : 'A_VORBIS')),
    kind,
    ...more,
  );
/** Bytes taken out of each block of a track. */
const without = (bytes: number): Buffer => {
  const taken = element('5034', number('4254', 3), element('4255', Buffer.alloc(bytes, 1)));
  return element('6d80', element('6240', number('5031', 0), taken));
};
const PLAIN = 0x80;
const LACED = 0x84;
const block = (id: number, flags: number, data = [255, 0]): Buffer =>
  element('a3', Buffer.from([0x80 | id, 0, 0, flags, ...data]));
const cluster = (...blocks: Buffer[]): Buffer => element('1f43b675', number('e7', 0), ...blocks);
const file = (tracks: Buffer, ...more: Buffer[]): Buffer =>
  Buffer.concat([
    element('1a45dfa3', element('4282', Buffer.from('webm'))),
    element('18538067', element('1654ae6b', tracks), ...more),
  ]);

async function firstTime(bytes: Buffer): Promise<number> {
  const formats = [boundedMatroska, boundedWebM];
  const input = new Input({ source: new BufferSource(new Uint8Array(bytes)), formats });
  try {
    const video = await input.getPrimaryVideoTrack();
    if (video === null) throw new Error('no video');
    await video.computeDuration();
    return await video.getFirstTimestamp();
  } finally {
    input.dispose();
  }
}

const seeks = (count: number): Buffer =>
  element(
    '114d9b74',
    times(count, element('4dbb', element('53ab', Buffer.from('1654ae6b', 'hex')), number('53ac', 5))),
  );

describe('files as they are', () => {
  test.each<[string, () => Buffer]>([
    ['WebM', () => readFileSync('test/fixtures/media/webm-aigc.webm')],
    ['two tracks', () => file(Buffer.concat([track(1, VIDEO), track(2, SOUND)]), cluster(block(1, PLAIN)))],
    ['blocks that begin alike', () => file(track(1, VIDEO, without(4)), cluster(block(1, PLAIN)))],
    ['places of all clusters', () => file(track(1, VIDEO), seeks(2_000), cluster(block(1, PLAIN)))],
  ])('%s', async (_, bytes) => {
    expect(await firstTime(bytes())).toBe(0);
  });
});

test('sound of many frames a block isn’t spread out: it would fill the memory, and isn’t read', async () => {
  const tracks = Buffer.concat([track(1, VIDEO), track(2, SOUND)]);
  const before = process.memoryUsage().heapUsed;
  expect(await firstTime(file(tracks, cluster(block(1, PLAIN), times(3_000, block(2, LACED)))))).toBe(0);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(50e6);
});

describe('files that are not read', () => {
  test.each<[string, () => Buffer]>([
    ['many pictures a block', () => file(track(1, VIDEO), cluster(block(1, LACED)))],
    ['blocks that begin alike for long', () => file(track(1, VIDEO, without(1_025)), cluster(block(1, PLAIN)))],
    [
      'the same in many parts',
      () => file(track(1, VIDEO, ...Array<Buffer>(20).fill(without(100))), cluster(block(1, PLAIN))),
    ],
    ['very many tracks', () => file(times(201, track(1, VIDEO)), cluster(block(1, PLAIN)))],
    ['very many places', () => file(track(1, VIDEO), seeks(4_001), cluster(block(1, PLAIN)))],
  ])('%s', async (_, bytes) => {
    await expect(firstTime(bytes())).rejects.toThrow(RangeError);
  });
});
