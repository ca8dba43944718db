/** SHA-256 of a whole file, by which it is known again, or of the parts of one that are signed. */
import { createSHA256 } from 'hash-wasm';
import { letGo } from '../let-go';
import { hex } from './bytes';
import { BytesError } from './source';
import type { ByteSource } from './source';
import { budget } from './stream-room';

/** Of bytes at hand. */
export async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}

export interface Hasher {
  /** The next bytes; not used after the call. */
  update(piece: Uint8Array): void;
  /** Called once. @returns lower case hex; null when more bytes came than were announced */
  digest(): Promise<string | null>;
  /** Gives memory back, with or without a digest. */
  close(): void;
}

const GATHERED_BYTES = 24 * 1024 * 1024;
const GATHERED = budget(3 * GATHERED_BYTES);
let mostGathered = 0;

/**
 * The browser's own digest is three times as fast as WebAssembly, which has no instructions for it, but wants all bytes
 * at once. To be called where the memory for that comes back at once: bytes of smaller files are gathered from now on.
 */
export function gatherForDigest(): void {
  mostGathered = GATHERED_BYTES;
}

async function streamed(): Promise<Hasher> {
  const hasher = await createSHA256();
  return {
    update: (piece) => {
      hasher.update(piece);
    },
    digest: () => Promise.resolve(hasher.digest('hex')),
    close: () => undefined,
  };
}

function gathered(most: number): Hasher {
  let room: Uint8Array<ArrayBuffer> | null = new Uint8Array(most);
  let length = 0;
  return {
    update: (piece) => {
      if (room !== null && length + piece.length <= most) room.set(piece, length);
      length += piece.length;
    },
    digest: async () => (room === null || length > most ? null : await hashOf(room.subarray(0, length))),
    close: () => {
      if (room === null) return;
      GATHERED.give(most);
      letGo(room);
      room = null;
    },
  };
}

/** @param most bytes that will come at most; null when nobody knows */
export async function sha256Hasher(most: number | null): Promise<Hasher> {
  const fits = most !== null && most <= mostGathered && GATHERED.take(most, 0);
  return fits ? gathered(most) : await streamed();
}

/** Of a file that is read from its start, nothing kept. @returns null where not all of it could be had */
export async function fileHash(source: ByteSource, limitBytes: number, signal: AbortSignal): Promise<string | null> {
  const hasher = await sha256Hasher(source.size());
  try {
    await source.pass(limitBytes, signal, hasher.update);
    return await hasher.digest();
  } catch (error) {
    if (error instanceof BytesError) return null;
    throw error;
  } finally {
    hasher.close();
  }
}
