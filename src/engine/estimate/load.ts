/** Loads the network from the extension's own files. */
import { ownBytes, runtimeBytes } from '../own-files';
import { createEstimator } from './model';
import type { Estimator } from './model';

/** @returns null when the network can't be loaded, is not the one that was shipped, or fails its self-test */
export async function loadEstimator(): Promise<Estimator | null> {
  try {
    const [modelBytes, modelJson] = await Promise.all([
      ownBytes('/model/model.onnx'),
      fetch('/model/model.json').then((response) => response.json() as Promise<unknown>),
    ]);
    const loaded = await createEstimator({
      modelBytes,
      modelJson,
      runtime: runtimeBytes,
    });
    return 'unavailable' in loaded ? null : loaded;
  } catch {
    return null;
  }
}
