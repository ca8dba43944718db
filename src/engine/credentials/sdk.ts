/** The SDK (`@contentauth/c2pa-wasm`), the only place that calls it. */
import { WasmReader, initSync } from '@contentauth/c2pa-wasm';
import type { ManifestStore } from './store';

export type SdkAnswer = { store: ManifestStore } | { error: string };

/** The SDK itself broke (a trap, no memory) or refused our settings. It says nothing about the file. */
export class EngineFailure extends Error {}

/** @param module the SDK's WebAssembly, compiled or as bytes */
export function initSdk(module: WebAssembly.Module | BufferSource): void {
  initSync({ module });
}

/** What the SDK finds wrong with a file is a text; Error objects come from WebAssembly and its glue. */
function fault(error: unknown): string {
  if (typeof error === 'string' && !error.includes('could not parse configuration')) return error;
  throw new EngineFailure(String(error).slice(0, 200));
}

const blobOf = (bytes: Uint8Array): Blob => new Blob([bytes as Uint8Array<ArrayBuffer>]);

/**
 * Reads a file, or one fragment behind its init segment (only in a dedicated worker). What the SDK says against it comes back as text.
 * `fromBytes` takes as much memory as `fromBlob` and a fraction of its time, and needs no FileReaderSync.
 * @throws {EngineFailure}
 * @param format MIME type; the SDK looks at the content, not at this
 */
export async function readStore(
  format: string,
  bytes: Uint8Array,
  settings: string,
  fragment: Uint8Array | null = null,
): Promise<SdkAnswer> {
  let reader: WasmReader | null = null;
  try {
    reader =
      fragment === null
        ? await WasmReader.fromBytes(format, bytes, settings)
        : await WasmReader.fromBlobFragment(format, blobOf(bytes), blobOf(fragment), settings);
    return { store: JSON.parse(reader.json()) as ManifestStore };
  } catch (error) {
    return { error: fault(error) };
  } finally {
    reader?.free();
  }
}
