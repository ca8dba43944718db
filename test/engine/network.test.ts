/** How the runtime that ships works for several videos at a time, and fails: with an error, as no fault of the video. */
import { readFileSync } from 'node:fs';
import * as ort from 'onnxruntime-web/wasm';
import { expect, test } from 'vitest';
import { marksFiles } from '../../scripts/marks/files.mjs';
import { slimRuntime } from '../../scripts/runtime/slim.mjs';
import { textReader } from '../../src/engine/marks/sessions';
import { NetworkFailure } from '../../src/engine/network/failure';
import { closeNetwork, openNetwork, runNetwork, setUpRuntime } from '../../src/engine/network/session';

setUpRuntime(() => Promise.resolve(slimRuntime()));
ort.env.logLevel = 'fatal';
const files = marksFiles();

const failureOf = async (work: Promise<unknown>): Promise<unknown> => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(NetworkFailure);
  return (error as NetworkFailure).cause;
};

test('a network that is cut off is not opened', async () => {
  expect(await failureOf(openNetwork(new Uint8Array(files['sign.onnx'].subarray(0, 1000))))).toBeInstanceOf(RangeError);
});

test.each([
  ['that can’t be read', () => Promise.reject(new Error('no memory'))],
  ['that is another one', () => Promise.resolve(new Uint8Array(9))],
])('a network of the picture reader %s', async (_, load) => {
  const reader = textReader({ load, runtime: () => Promise.resolve(slimRuntime()) });
  const picture = { time_s: 0, width: 32, height: 32, rgba: new Uint8ClampedArray(32 * 32 * 4) };
  await failureOf(reader.boxes(picture));
  await failureOf(reader.signs(picture, picture));
  await failureOf(reader.read(picture, { x: 0, y: 0, width: 32, height: 16 }));
});

const waves = (shape: readonly number[], by: number): ort.Tensor => {
  const count = shape.reduce((product, side) => product * side, 1);
  return new ort.Tensor(
    'float32',
    new Float32Array(count).map((_, i) => Math.sin(i * i * by)),
    shape,
  );
};
const valuesOf = (network: ort.InferenceSession, input: ort.Tensor) =>
  runNetwork(network, { [network.inputNames[0] ?? '']: input }).then((out) => Object.values(out)[0]?.data);

test('runs at the same time, and while a network is opened, say what each says alone', async () => {
  const model = new Uint8Array(readFileSync('public/model/model.onnx'));
  const [sign, estimate] = [await openNetwork(new Uint8Array(files['sign.onnx'])), await openNetwork(model)];
  // Of one input and one output, and of three of each: they wait for their turns in different places.
  const shapes = { frames: [4, 3, 160, 160], fine: [2, 3, 224, 224], traces: [1, 1250] };
  const estimated = (by: number) => {
    const feeds = Object.entries(shapes).map(([name, shape]) => [name, waves(shape, by)] as const);
    return runNetwork(estimate, Object.fromEntries(feeds)).then((out) => out['logit']?.data);
  };
  const work = Array.from({ length: 9 }, (_, i) => async () => {
    for (let wait = i % 4; wait > 0; wait--) await Promise.resolve();
    return i % 3 === 0 ? estimated(i) : valuesOf(sign, waves([1, 2, 96, 64 + 16 * i], i));
  });
  const alone: unknown[] = [];
  for (const one of work) alone.push(await one());
  const opened = openNetwork(new Uint8Array(files['detect.onnx']));
  expect(await Promise.all(work.map((one) => one()))).toEqual(alone);
  await Promise.all([sign, estimate, await opened].map(closeNetwork));
});

test.each([
  ['detect.onnx', [1, 3, 64, 96], [1, 3, 33, 65]],
  ['sign.onnx', [1, 2, 240, 432], [1, 2, 33, 65]],
  ['read.onnx', [1, 3, 48, 320], [1, 3, 7, 9]],
] as const)('%s does not run on an impossible size, and runs again after that', async (name, usual, impossible) => {
  const network = await openNetwork(new Uint8Array(files[name]));
  const answer = (): Promise<unknown> => valuesOf(network, waves(usual, 1));
  const before = await answer();
  const cause = await failureOf(valuesOf(network, waves(impossible, 1)));
  expect(cause).toBeInstanceOf(Error);
  expect(cause).not.toBeInstanceOf(WebAssembly.RuntimeError);
  expect(await answer()).toEqual(before);
  await closeNetwork(network);
});
