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

  test.each(['subtitled', 'unsigned', 'portrait', 'static', 'black'])('%s: no mark', async (name) => {
    const size = name === 'portrait' ? { width: 240, height: 426 } : SIZE;
    expect(await findMarks(reader, picturesOf(clip(name), size, TIMES))).toEqual([]);
  });
});

test.each(['detect.onnx', 'read.onnx'])('%s that is not the one that was shipped is not run', async (broken) => {
  const reader = readerInNode((name, bytes) => {
    if (name === broken) bytes[1000] = (bytes[1000] ?? 0) ^ 1;
  });
  await expect(findMarks(reader, picturesOf(clip('marked'), SIZE, TIMES))).rejects.toThrow(broken);
});
