/** Bytes that are at hand already. */
import type { ByteSource } from './source';

export function bytesSource(bytes: Uint8Array<ArrayBuffer>): ByteSource {
  return {
    name: '',
    size: () => bytes.length,
    bytesRead: () => bytes.length,
    contentType: () => null,
    manifestLink: () => null,
    version: () => null,
    read: (start, end) => Promise.resolve(bytes.subarray(start, end)),
    whole: (_limit, _signal, onPiece) => {
      onPiece(bytes, bytes.length, bytes.length);
      return Promise.resolve(bytes);
    },
    pass: (_limit, _signal, onPiece) => {
      onPiece(bytes, bytes.length, bytes.length);
      return Promise.resolve();
    },
    close: () => undefined,
  };
}
