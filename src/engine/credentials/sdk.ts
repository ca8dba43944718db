/** The SDK (`@contentauth/c2pa-wasm`), the only place that calls it. */
import { WasmReader, initSync } from '@contentauth/c2pa-wasm';
import type { ManifestStore } from './store';

export type SdkAnswer = { store: ManifestStore } | { error: string };

/** @param module the SDK's WebAssembly, compiled or as bytes */
export function initSdk(module: WebAssembly.Module | BufferSource): void {
  initSync({ module });
}

/**
 * Reads a file. Whatever the SDK throws comes back as text.
 * `fromBytes` takes as much memory as `fromBlob` and a fraction of its time, and needs no FileReaderSync.
 * @param format MIME type; the SDK looks at the content, not at this
 */
export async function readStore(format: string, bytes: Uint8Array, settings: string): Promise<SdkAnswer> {
  let reader: WasmReader | null = null;
  try {
    reader = await WasmReader.fromBytes(format, bytes, settings);
    return { store: JSON.parse(reader.json()) as ManifestStore };
  } catch (error) {
    return { error: String(error) };
  } finally {
    reader?.free();
  }
}
