/** Loads the network from the extension's own files. */
import { createEstimator } from './model';
import type { Estimator } from './model';

async function bytesOf(path: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await fetch(path)).arrayBuffer());
}

/** @returns null when the network can't be loaded, is not the one that was shipped, or fails its self-test */
export async function loadEstimator(): Promise<Estimator | null> {
  try {
    const [modelBytes, modelJson] = await Promise.all([
      bytesOf('/model/model.onnx'),
      fetch('/model/model.json').then((response) => response.json() as Promise<unknown>),
    ]);
    const loaded = await createEstimator({
      modelBytes,
      modelJson,
      ort: { wasmPaths: { wasm: '/wasm/ort-wasm-simd-threaded.wasm' } },
    });
    return 'unavailable' in loaded ? null : loaded;
  } catch {
    return null;
  }
}
