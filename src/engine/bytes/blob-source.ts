/** Bytes of a Blob or File. */
import { BytesError } from './source';
import type { ByteSource } from './source';
import { WHOLE_FILES } from './stream-room';
import type { Budget } from './stream-room';

/** Bytes that are in memory at a time while a blob is passed through. */
const PIECE = 4 * 1024 * 1024;

/** @param wholeFiles what may be kept of whole files: a page can name one blob as often as it likes */
export function blobSource(blob: Blob, name: string, wholeFiles: Budget = WHOLE_FILES): ByteSource {
  let read = 0;
  let kept = 0;
  const check = (signal: AbortSignal): void => {
    if (signal.aborted) throw new BytesError('stopped');
    if (blob.size === 0) throw new BytesError('zero-bytes');
  };
  const bytesOf = async (part: Blob): Promise<Uint8Array<ArrayBuffer>> => {
    try {
      return new Uint8Array(await part.arrayBuffer());
    } catch {
      throw new BytesError('blob-gone');
    }
  };
  return {
    name,
    size: () => blob.size,
    bytesRead: () => read,
    contentType: () => null, // a blob's own type is what its page says, or a guess by a file's name
    manifestLink: () => null,
    version: () => null,
    read: async (start, end, signal) => {
      check(signal);
      const bytes = await bytesOf(blob.slice(start, end));
      read = Math.min(read + bytes.length, blob.size);
      return bytes;
    },
    whole: async (limit, signal, onPiece) => {
      check(signal);
      if (blob.size > limit || !wholeFiles.take(blob.size, kept)) throw new BytesError('too-large');
      kept += blob.size;
      const bytes = await bytesOf(blob);
      read = blob.size;
      onPiece(bytes, read, blob.size);
      return bytes;
    },
    pass: async (limit, signal, onPiece) => {
      if (blob.size > limit) throw new BytesError('too-large');
      for (let at = 0; at < blob.size; at += PIECE) {
        check(signal);
        const piece = await bytesOf(blob.slice(at, at + PIECE));
        read = at + piece.length;
        onPiece(piece, read, blob.size);
      }
    },
    close: () => {
      wholeFiles.give(kept);
      kept = 0;
    },
  };
}
