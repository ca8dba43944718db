/** Fragments that speak of more samples than they can have. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { mediaTime } from '../../src/engine/bytes/media-time';

const read = (name: string): Buffer => readFileSync(`test/fixtures/media/stream/${name}`);
const time = async (init: Buffer, fragment: Buffer) =>
  await mediaTime(new Uint8Array(init), new Uint8Array(fragment), 0);

/** A run without fields of its samples: as many as it says, of the default size. */
function crowded(fragment: Buffer, samples: number): Buffer {
  const run = fragment.indexOf('trun') + 4;
  fragment.writeUInt32BE(fragment.readUInt32BE(run) & 1, run);
  fragment.writeUInt32BE(samples, run + 4);
  return fragment;
}

test('what a fragment fills', async () => {
  const [from, to] = (await time(read('init.mp4'), read('seg-2.m4s'))) ?? [];
  expect(from).toBeLessThan(to ?? 0);
});

describe.each([100_000, 0xffffffff])('%i samples', (samples) => {
  test('in a run', async () => {
    expect(await time(read('init.mp4'), crowded(read('seg-1.m4s'), samples))).toBeNull();
  });

  test('in an index that isn’t where it belongs', async () => {
    const inner = crowded(read('seg-1.m4s'), samples);
    const moof = inner.subarray(inner.indexOf('moof') - 4, inner.indexOf('mdat') - 4);
    const outer = Buffer.alloc(8);
    outer.writeUInt32BE(8 + moof.length);
    outer.write('moov', 4);
    expect(await time(read('init.mp4'), Buffer.concat([outer, moof, read('seg-1.m4s')]))).toBeNull();
  });

  test('in the init segment', async () => {
    const runs = Buffer.from([0, 0, 0, 24, ...Buffer.from('stts'), 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1]);
    runs.writeUInt32BE(samples, 16);
    expect(await time(Buffer.concat([read('init.mp4'), runs]), read('seg-1.m4s'))).toBeNull();
  });
});
