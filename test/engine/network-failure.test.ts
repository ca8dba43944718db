/** How the runtime that ships fails: with an error, not with a trap, and as no fault of the video. */
import * as ort from 'onnxruntime-web/wasm';
import { expect, test } from 'vitest';
import { marksFiles } from '../../scripts/marks/files.mjs';
import { slimRuntime } from '../../scripts/runtime/slim.mjs';
import { NetworkFailure } from '../../src/engine/network/failure';
import { openNetwork, runNetwork, setUpRuntime } from '../../src/engine/network/session';

setUpRuntime({ wasmBinary: slimRuntime() });
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
  ['detect.onnx', [1, 3, 64, 96], [1, 3, 33, 65]],
  ['sign.onnx', [1, 2, 240, 432], [1, 2, 33, 65]],
  ['read.onnx', [1, 3, 48, 320], [1, 3, 7, 9]],
] as const)('%s does not run on an impossible size, and runs again after that', async (name, usual, impossible) => {
  const network = await openNetwork(new Uint8Array(files[name]));
  const [input = ''] = network.inputNames;
  const run = (shape: readonly number[]) => {
    const values = new Float32Array(shape.reduce((product, side) => product * side, 1)).map((_, i) => Math.sin(i * i));
    return runNetwork(network, { [input]: new ort.Tensor('float32', values, shape) });
  };
  const answer = async (): Promise<unknown> => Object.values(await run(usual))[0]?.data;
  const before = await answer();
  const cause = await failureOf(run(impossible));
  expect(cause).toBeInstanceOf(Error);
  expect(cause).not.toBeInstanceOf(WebAssembly.RuntimeError);
  expect(await answer()).toEqual(before);
  await network.release();
});
