/** Networks in onnxruntime-web: plain wasm, one thread, the one backend that gives the same numbers everywhere. */
import * as ort from 'onnxruntime-web/wasm';
import { hex } from '../bytes/bytes';
import { orNetworkFailure } from './failure';
import { letGo } from '../let-go';
import { widenWeights } from './widen';

let last: Promise<unknown> = Promise.resolve();

/**
 * One after the other, whatever the network: the runtime keeps what it hands over on one stack of its own while it waits,
 * so runs that overlap read each other's.
 * @throws {NetworkFailure} whatever `work` throws
 */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = last.then(() => orNetworkFailure(work));
  last = mine.catch(() => undefined);
  return mine;
}

/** Where the runtime has its wasm from. */
export type LoadRuntime = () => Promise<Uint8Array<ArrayBuffer>>;

let loadRuntime: LoadRuntime | null = null;

/**
 * Has to be called before the first network is opened; whoever calls it last before that decides.
 * @param load what it gives is let go
 */
export function setUpRuntime(load: LoadRuntime): void {
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.proxy = false;
  loadRuntime = load;
}

let isStarted = false;

/**
 * The runtime starts with the first network, from bytes that go at once: what a browser compiles while it streams in, it
 * keeps twice.
 */
async function started<T>(first: () => Promise<T>): Promise<T> {
  if (isStarted || loadRuntime === null) return await first();
  const wasm = await loadRuntime();
  ort.env.wasm.wasmBinary = wasm;
  try {
    const made = await first();
    isStarted = true;
    return made;
  } finally {
    delete ort.env.wasm.wasmBinary;
    letGo(wasm);
  }
}

/** Whether these bytes are the file that was shipped. */
export async function hasHash(bytes: Uint8Array<ArrayBuffer>, sha256: string): Promise<boolean> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))) === sha256;
}

const OPTIONS: ort.InferenceSession.SessionOptions = {
  executionProviders: ['wasm'],
  graphOptimizationLevel: 'all',
  enableCpuMemArena: false,
  enableMemPattern: false,
};

/**
 * @param model an ONNX model, whole; it is let go
 * @throws {NetworkFailure} when the runtime can't be started, or can't read the model
 */
export async function openNetwork(model: Uint8Array<ArrayBuffer>): Promise<ort.InferenceSession> {
  return await inTurn(async () => {
    const wide = widenWeights(model);
    letGo(model);
    try {
      return await started(() => ort.InferenceSession.create(wide, OPTIONS));
    } finally {
      letGo(wide);
    }
  });
}

/** @throws {NetworkFailure} */
export const runNetwork = async (
  network: ort.InferenceSession,
  feeds: Record<string, ort.Tensor>,
): Promise<ort.InferenceSession.ReturnType> => await inTurn(() => network.run(feeds));

/** Frees what the runtime keeps of a network; wasm memory comes back only with the end of the worker. */
export const closeNetwork = async (network: ort.InferenceSession): Promise<void> => {
  await inTurn(() => network.release());
};
