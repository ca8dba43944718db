/**
 * Runs every network of the package in the whole runtime, in sizes of all kinds, and in ways in which a run can fail. The
 * engine that runs this tells which functions were called (reached.mjs).
 */
import { readFileSync } from 'node:fs';
import * as ort from 'onnxruntime-web/wasm';
import { runnerImport } from 'vite';
import { marksFiles } from '../marks/files.mjs';
import { wholeRuntime } from './slim.mjs';

/** Enough for the sizes below, and soon used up by larger ones: 128 MB, in pages. */
const MOST_MEMORY = 2048;
const { Memory } = WebAssembly;
WebAssembly.Memory = function (limits) {
  return new Memory({ ...limits, maximum: MOST_MEMORY });
};
WebAssembly.Memory.prototype = Memory.prototype;

const { module: network } = await runnerImport('./src/engine/network/session.ts', { configFile: false });
const { module: widen } = await runnerImport('./src/engine/network/widen.ts', { configFile: false });
network.setUpRuntime(() => Promise.resolve(wholeRuntime()));
ort.env.logLevel = 'fatal';

/** Of the inputs that have no fixed size: usual, least, large and odd ones. */
const SHAPES = {
  'detect.onnx': [
    [1, 3, 224, 384],
    [1, 3, 32, 32],
    [1, 3, 96, 960],
    [1, 3, 960, 544],
  ],
  'sign.onnx': [
    [1, 2, 240, 432],
    [1, 2, 32, 96],
    [1, 2, 432, 240],
  ],
  'read.onnx': [32, 64, 320, 352, 640].map((width) => [1, 3, 48, width]),
};
/** One that no network can work through. */
const IMPOSSIBLE = { 'detect.onnx': [1, 3, 33, 65], 'sign.onnx': [1, 2, 33, 65], 'read.onnx': [1, 3, 7, 9] };
const networks = { ...marksFiles(), 'model.onnx': readFileSync('public/model/model.onnx') };
delete networks['signs.txt'];

const count = (shape) => shape.reduce((product, side) => product * side, 1);
const tensor = (shape) =>
  new ort.Tensor(
    'float32',
    new Float32Array(count(shape)).map((_, i) => Math.sin(i * i)),
    shape,
  );
const integers = (shape) => new ort.Tensor('int32', new Int32Array(count(shape)), shape);

/** @throws when it doesn't fail, or with a trap: what we are after is how the runtime itself fails */
const fails = async (work, what) => {
  const error = await work().then(
    () => undefined,
    (thrown) => thrown,
  );
  if (error === undefined || error instanceof WebAssembly.RuntimeError) throw new Error(`${what}: ${error ?? 'taken'}`);
};

for (const [name, bytes] of Object.entries(networks)) {
  const session = await network.openNetwork(new Uint8Array(bytes));
  const shapes = SHAPES[name]?.map((shape) => [shape]) ?? [session.inputMetadata.map(({ shape }) => shape)];
  const run = (made) => session.run(Object.fromEntries(session.inputNames.map((input, i) => [input, made[i]])));
  for (const each of shapes) await run(each.map(tensor));
  await fails(() => run(shapes[0].map(integers)), 'integers');
  if (name in IMPOSSIBLE) await fails(() => run([tensor(IMPOSSIBLE[name])]), 'an impossible size');
  if (name === 'detect.onnx') await fails(() => run([tensor([1, 3, 1920, 1920])]), 'more than there is memory for');
  await session.release();
  const wide = widen.widenWeights(new Uint8Array(bytes));
  await fails(() => ort.InferenceSession.create(wide.subarray(0, wide.length / 2)), 'half a network');
}
