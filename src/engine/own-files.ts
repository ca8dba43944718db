/** Files of the package, as the workers read them. */
import { letGo } from './let-go';

/**
 * Read by ourselves: what a browser gathers for us it keeps until it next collects, also after it was let go.
 * @param path from the root of the package
 */
export async function ownBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const part of (await fetch(path)).body ?? []) {
    parts.push(part);
    size += part.length;
  }
  const bytes = new Uint8Array(size);
  for (const part of parts.toReversed()) {
    size -= part.length;
    bytes.set(part, size);
    letGo(part);
  }
  return bytes;
}

/** ONNX Runtime. */
export const runtimeBytes = (): Promise<Uint8Array<ArrayBuffer>> => ownBytes('/wasm/ort-wasm-simd-threaded.wasm');

/** Not compiled while it streams in: Chromium then keeps every section twice for as long as the module lives. */
export async function ownModule(path: string): Promise<WebAssembly.Module> {
  const bytes = await ownBytes(path);
  try {
    return await WebAssembly.compile(bytes);
  } finally {
    letGo(bytes);
  }
}
