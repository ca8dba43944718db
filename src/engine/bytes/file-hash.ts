/** SHA-256 of a whole file, by which it is known again. */
import { createSHA256 } from 'hash-wasm';
import { hex } from './bytes';
import { BytesError } from './source';
import type { ByteSource } from './source';

/** Of bytes at hand. */
export async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}

/** Of a file that is read from its start, nothing kept. @returns null where not all of it could be had */
export async function fileHash(source: ByteSource, limitBytes: number, signal: AbortSignal): Promise<string | null> {
  const hasher = await createSHA256();
  try {
    await source.pass(limitBytes, signal, (piece) => hasher.update(piece));
  } catch (error) {
    if (error instanceof BytesError) return null;
    throw error;
  }
  return hasher.digest('hex');
}
