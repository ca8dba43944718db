/** The picture reader on clips of our own, as the extension runs it: plain wasm, one thread. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { marksFiles } from '../../scripts/marks/files.mjs';
import { disclosureOf } from '../../src/engine/marks/describe';
import { findMarks } from '../../src/engine/marks/find';
import { HASHES } from '../../src/engine/marks/sessions';
import { picturesOf, readerInNode } from './support/pictures';

const SIZE = { width: 426, height: 240 };
const TIMES = [0.25, 1, 1.75, 2.5];
const clip = (name: string): string => `test/fixtures/media/${name}.mp4`;

test('the files that ship are the ones that are named', () => {
  const hashes = Object.entries(marksFiles()).map(([name, bytes]) => [
    name,
    createHash('sha256').update(bytes).digest('hex'),
  ]);
  expect(Object.fromEntries(hashes)).toEqual(HASHES);
});

describe('what a picture shows', () => {
  const reader = readerInNode();

  test('a mark is found, named, and where it is', async () => {
    const [found] = await findMarks(reader, picturesOf(clip('marked'), SIZE, TIMES));
    expect(found?.match.mark?.id).toBe('sora');
    const { mark, ...said } = found === undefined ? {} : disclosureOf(found, SIZE);
    expect(said).toMatchObject({ kind: 'visible-mark', says: 'ai-generated', value: 'Sora mark', by: 'picture' });
    expect(mark).toMatchObject({ id: 'sora', name: 'Sora', owner: 'OpenAI', times_s: [0.25, 1] });
    const [x, y, width, height] = mark?.box ?? [];
    expect(x).toBeCloseTo(0.82, 1);
    expect(y).toBeCloseTo(0.87, 1);
    expect((x ?? 1) + (width ?? 1)).toBeLessThanOrEqual(1);
    expect((y ?? 1) + (height ?? 1)).toBeLessThanOrEqual(1);
  });

  test('a mark that text alone would not tell from a caption is found by its sign', async () => {
    const pictures = picturesOf(clip('signed-mark'), SIZE, TIMES);
    const [first, second] = pictures;
    if (first === undefined || second === undefined) throw new Error('no pictures');
    const [place] = await reader.signs(first, second);
    expect(place?.probability).toBeGreaterThan(0.8);
    const [found] = await findMarks(reader, pictures);
    expect(found?.match.mark?.id).toBe('sora');
    expect(found?.best.box).toEqual(place?.box);
    const { x = 0, y = 0, width = 0, height = 0 } = place?.box ?? {};
    expect([x / 55, (x + width) / 105, y / 144, (y + height) / 166].map((v) => Math.abs(v - 1) < 0.08)).toEqual(
      Array(4).fill(true),
    );
    expect(await findMarks({ ...reader, signs: () => Promise.resolve([]) }, pictures)).toEqual([]);
  });

  test('without the sign, the finder of signs sees none', async () => {
    for (const name of ['marked', 'unsigned', 'subtitled']) {
      const [first, second] = picturesOf(clip(name), SIZE, TIMES);
      if (first === undefined || second === undefined) throw new Error('no pictures');
      for (const { probability } of await reader.signs(first, second)) expect(probability).toBeLessThan(0.7);
    }
  });

  test.each(['subtitled', 'unsigned', 'portrait', 'static', 'black'])('%s: no mark', async (name) => {
    const size = name === 'portrait' ? { width: 240, height: 426 } : SIZE;
    expect(await findMarks(reader, picturesOf(clip(name), size, TIMES))).toEqual([]);
  });
});

test.each([
  ['detect.onnx', 'marked'],
  ['read.onnx', 'marked'],
  ['sign.onnx', 'unsigned'],
])('%s that is not the one that was shipped is not run', async (broken, name) => {
  const reader = readerInNode((file, bytes) => {
    if (file === broken) bytes[1000] = (bytes[1000] ?? 0) ^ 1;
  });
  await expect(findMarks(reader, picturesOf(clip(name), SIZE, TIMES))).rejects.toThrow(broken);
});
