/**
 * Runs every network of the package in the whole runtime, in all kinds of sizes, and once each way that it can fail. The
 * engine that runs this tells which functions were called (reached.mjs).
 */
import { readFileSync } from 'node:fs';
import * as ort from 'onnxruntime-web/wasm';
import { runnerImport } from 'vite';
import { marksFiles } from '../marks/files.mjs';
import { wholeRuntime } from './slim.mjs';

const { module: network } = await runnerImport('./src/engine/network/session.ts', { configFile: false });
network.setUpRuntime({ wasmBinary: wholeRuntime() });
ort.env.logLevel = 'fatal';

const steps = (from, to, step) => Array.from({ length: (to - from) / step + 1 }, (_, i) => from + i * step);
const SIZES = [32, 96, 224, 384, 640, 960];
const squares = (channels) => SIZES.flatMap((h) => SIZES.map((w) => [1, channels, h, w]));
/** Of the inputs that have no fixed size. */
const SHAPES = {
  'detect.onnx': squares(3).filter(([, , h, w]) => h * w <= 384 * 640),
  'sign.onnx': [...squares(2).filter(([, , h, w]) => Math.min(h, w) <= 240), [1, 2, 240, 432], [1, 2, 432, 240]],
  'read.onnx': steps(32, 640, 32).map((w) => [1, 3, 48, w]),
};
const networks = { ...marksFiles(), 'model.onnx': readFileSync('public/model/model.onnx') };
delete networks['signs.txt'];

const tensor = (shape) => {
  const values = new Float32Array(shape.reduce((product, side) => product * side, 1));
  return new ort.Tensor(
    'float32',
    values.map((_, i) => Math.sin(i * i)),
    shape,
  );
};
const fails = async (work, what) => {
  const failed = await work().then(
    () => false,
    () => true,
  );
  if (!failed) throw new Error(`${what} was taken`);
};

for (const [name, bytes] of Object.entries(networks)) {
  const session = await network.openNetwork(new Uint8Array(bytes));
  const fixed = Object.fromEntries(session.inputMetadata.map(({ name: input, shape }) => [input, shape]));
  const [first] = session.inputNames;
  for (const feeds of SHAPES[name]?.map((shape) => ({ [first]: shape })) ?? [fixed]) {
    await session.run(Object.fromEntries(Object.entries(feeds).map(([input, shape]) => [input, tensor(shape)])));
  }
  await fails(() => session.run({ [first]: tensor([1, 1, 7, 9]) }), 'an input of the wrong shape');
  await fails(() => network.openNetwork(new Uint8Array(bytes.subarray(0, bytes.length - 1))), 'half a network');
  await session.release();
}
await fails(() => ort.InferenceSession.create(new Uint8Array([1, 2, 3, 4])), 'a text');
