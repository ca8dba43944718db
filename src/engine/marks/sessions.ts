/**
 * The three networks (PaddleOCR's detector and recogniser of lines, and the finder of a sign) in onnxruntime-web: plain
 * wasm, one thread. Each is loaded by the first call that needs it, after its hash was compared; the recogniser by few
 * videos only.
 */
import * as ort from 'onnxruntime-web/wasm';
import { detectorInput, textBoxes } from './detect';
import { letGo } from '../let-go';
import { orNetworkFailure } from '../network/failure';
import { hasHash, openNetwork, runNetwork, setUpRuntime } from '../network/session';
import type { LoadRuntime } from '../network/session';
import type { TextReader } from './reader';
import { signInput, signPlaces } from './sign';
import { greedyText, LINE_HEIGHT, lineInput } from './recognise';

/** SHA-256 of what `scripts/marks/files.mjs` gives. */
export const HASHES = {
  'detect.onnx': '01ddb7c655ee16c655521d1dd02bc27905aa29d25c51807c5e882f6d4331d9ee',
  'sign.onnx': 'b77cdd1967c54c4403bf6c206d9e068d6b72e74eff596ec0bff8dbaf81185e2d',
  'read.onnx': '9a4640134aab50ab3109b11780ef5ea0eabf46371ace7991a7dd3072a360fa5f',
  'signs.txt': '28b2362ad4ab2dc38769aa72feb535e3a9ddb3fd2a7585a05920e6393b1dc7f7',
} as const;
type FileName = keyof typeof HASHES;

export interface ReaderOptions {
  /** One of the files, whole. */
  load(name: FileName): Promise<Uint8Array<ArrayBuffer>>;
  runtime: LoadRuntime;
}

const checked = (load: ReaderOptions['load'], name: FileName): Promise<Uint8Array<ArrayBuffer>> =>
  orNetworkFailure(async () => {
    const bytes = await load(name);
    if (!(await hasHash(bytes, HASHES[name]))) throw new Error(`${name} is not the file that was shipped`);
    return bytes;
  });

const session = async (load: ReaderOptions['load'], name: FileName): Promise<ort.InferenceSession> =>
  await openNetwork(await checked(load, name));

/**
 * Runs a network of one input and one output.
 * @param data is let go
 * @param use what to make of the output, which holds only during the call
 */
async function run<T>(
  network: ort.InferenceSession,
  data: Float32Array<ArrayBuffer>,
  shape: number[],
  use: (values: Float32Array<ArrayBuffer>) => T,
): Promise<T> {
  const input = new ort.Tensor('float32', data, shape);
  const [name] = network.inputNames;
  const [out] = Object.values(await runNetwork(network, { [name ?? '']: input }));
  if (!(out?.data instanceof Float32Array)) throw new TypeError('the network gave no numbers');
  const values = out.data as Float32Array<ArrayBuffer>;
  const made = use(values);
  input.dispose();
  out.dispose();
  letGo(data);
  letGo(values);
  return made;
}

/** The classes of the recogniser behind the blank: the list of signs, and the space. */
export const signsIn = (list: Uint8Array): string[] => [...new TextDecoder().decode(list).trimEnd().split('\n'), ' '];

/** @throws {NetworkFailure} by its calls, when a network can't be loaded or is not the one that was shipped */
export function textReader({ load, runtime }: ReaderOptions): TextReader {
  setUpRuntime(runtime);
  let detector: Promise<ort.InferenceSession> | null = null;
  let finder: Promise<ort.InferenceSession> | null = null;
  let recogniser: Promise<{ network: ort.InferenceSession; signs: string[] }> | null = null;
  const loadRecogniser = async () => ({
    network: await session(load, 'read.onnx'),
    signs: signsIn(await checked(load, 'signs.txt')),
  });
  return {
    boxes: async (picture) => {
      const { data, width, height } = detectorInput(picture);
      const network = await (detector ??= session(load, 'detect.onnx'));
      return await run(network, data, [1, 3, height, width], (map) => textBoxes(map, width, picture));
    },
    signs: async (first, second) => {
      const input = signInput(first, second);
      const shape = [1, 2, input.height, input.width];
      const network = await (finder ??= session(load, 'sign.onnx'));
      return await run(network, input.data, shape, (values) => signPlaces(values, input, first));
    },
    read: async (picture, box) => {
      const { network, signs } = await (recogniser ??= loadRecogniser());
      const { data, width } = lineInput(picture, box);
      return await run(network, data, [1, 3, LINE_HEIGHT, width], (values) => greedyText(values, signs));
    },
  };
}
