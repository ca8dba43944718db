/** Bytes of a Blob or File. */
import { BytesError } from './source';
import type { ByteSource } from './source';

export function blobSource(blob: Blob, name: string): ByteSource {
  let read = 0;
  const check = (signal: AbortSignal): void => {
    if (signal.aborted) throw new BytesError('stopped');
    if (blob.size === 0) throw new BytesError('zero-bytes');
  };
  return {
    name,
    size: () => blob.size,
    bytesRead: () => read,
    contentType: () => (blob.type === '' ? null : (blob.type.split(';')[0] ?? null)),
    manifestLink: () => null,
    read: async (start, end, signal) => {
      check(signal);
      try {
        const bytes = new Uint8Array(await blob.slice(start, end).arrayBuffer());
        read = Math.min(read + bytes.length, blob.size);
        return bytes;
      } catch {
        throw new BytesError('blob-gone');
      }
    },
    whole: async (limit, signal, onProgress) => {
      check(signal);
      if (blob.size > limit) throw new BytesError('too-large');
      try {
        const bytes = new Uint8Array(await blob.arrayBuffer());
        read = blob.size;
        onProgress(read, blob.size);
        return bytes;
      } catch {
        throw new BytesError('blob-gone');
      }
    },
    close: () => undefined,
  };
}
