/** The SDK (`@contentauth/c2pa-wasm`), the only place that calls it. */
import { WasmReader, initSync } from '@contentauth/c2pa-wasm';
import type { ManifestStore } from './store';

/** A store that could be read, as it is and as text, and the parts of it that were asked for. */
export interface StoreAnswer {
  store: ManifestStore;
  text: string;
  parts: Map<string, Uint8Array>;
}
export type SdkAnswer = StoreAnswer | { error: string };

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

function partsOf(reader: WasmReader, names: string[]): Map<string, Uint8Array> {
  const parts = new Map<string, Uint8Array>();
  for (const name of names) {
    try {
      parts.set(name, reader.resourceToBytes(name));
    } catch (error) {
      fault(error);
    }
  }
  return parts;
}

export interface ReadMore {
  /** Media of a stream, whose init segment the bytes are. */
  fragment?: Uint8Array | undefined;
  /** Names of parts of the store, such as pictures; those that are not there are left out. */
  wanted?: (store: ManifestStore) => string[];
}

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
  { fragment, wanted = () => [] }: ReadMore = {},
): Promise<SdkAnswer> {
  let reader: WasmReader | null = null;
  try {
    reader =
      fragment === undefined
        ? await WasmReader.fromBytes(format, bytes, settings)
        : await WasmReader.fromBlobFragment(format, blobOf(bytes), blobOf(fragment), settings);
    const text = reader.json();
    const store = JSON.parse(text) as ManifestStore;
    return { store, text, parts: partsOf(reader, wanted(store)) };
  } catch (error) {
    return { error: fault(error) };
  } finally {
    reader?.free();
  }
}
