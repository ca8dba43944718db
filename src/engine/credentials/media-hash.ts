/**
 * The hash of a file while it streams by, nothing of it kept: SHA-256 over all top-level boxes but the
 * excluded ones, the offset of each in front of it (C2PA 2.2, 18.6.1, versions 2 and 3).
 */
import { hex } from '../bytes/bytes';
import { HEADER_MAX, headerLength, readHeader } from '../bytes/boxes';
import { sha256Hasher } from '../bytes/file-hash';
import { C2PA_UUID } from '../bytes/layout';
import type { Binding } from './binding';

export interface MediaHash {
  /** The next bytes of the file. */
  update(piece: Uint8Array): void;
  /**
   * Called once, at the end of the file; gives memory back, since the SDK may have to read the file after it.
   * @returns true when the file has the hash of the binding. False: it hasn't, or is laid out in a way that
   *   is left to the SDK.
   */
  matches(): Promise<boolean>;
  /** Nothing comes any more; memory is given back. */
  close(): void;
}

/** More than the file itself has to be hashed by the offsets: 8 bytes for each box. */
const OFFSETS_BYTES = 65_536;

/** The SDK looks into these although they are not hashed; and a file has to begin with `ftyp`, which isn't either. */
const NOT_PLAIN = ['mfra'];

function offsetBytes(offset: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(offset));
  return bytes;
}

/** @param size of the file in bytes; null when its server doesn't say */
export async function mediaHash({ hash, excluded }: Binding, size: number | null): Promise<MediaHash> {
  const hasher = await sha256Hasher(size === null ? null : size + OFFSETS_BYTES);
  const head = new Uint8Array(HEADER_MAX);
  let headLength = 0;
  /** Offset of the next byte, and of the end of the box that it is in. */
  let at = 0;
  let end = 0;
  let included = false;
  let plain = true;
  let manifests = 0;

  /** A header is complete: what becomes of its box. */
  const begin = (): void => {
    const start = at - headLength;
    const box = readHeader(head.subarray(0, headLength), start, Number.MAX_SAFE_INTEGER);
    if (box === null) {
      plain = false;
      return;
    }
    const isManifest = box.uuid === C2PA_UUID;
    if (isManifest) manifests++;
    // The SDK refuses a manifest behind a size of 64 bits.
    if (isManifest && headLength === HEADER_MAX) plain = false;
    if (NOT_PLAIN.includes(box.type) || (start === 0 && box.type !== 'ftyp')) plain = false;
    end = box.end;
    included = box.type === 'uuid' ? !isManifest : !excluded.has(box.type);
    if (included) {
      hasher.update(offsetBytes(start));
      hasher.update(head.subarray(0, headLength));
    }
    headLength = 0;
  };

  /** Takes what the header still lacks; answers how much that was. */
  const gather = (piece: Uint8Array): number => {
    const wanted = headerLength(head.subarray(0, headLength)) - headLength;
    const part = piece.subarray(0, wanted);
    head.set(part, headLength);
    headLength += part.length;
    at += part.length;
    if (headLength === headerLength(head.subarray(0, headLength))) begin();
    return part.length;
  };

  /** Takes the rest of the box, as far as it has come. */
  const pass = (piece: Uint8Array): number => {
    const part = piece.subarray(0, Math.min(piece.length, end - at));
    if (included) hasher.update(part);
    at += part.length;
    return part.length;
  };

  return {
    update: (piece) => {
      let done = 0;
      while (plain && done < piece.length) {
        const rest = piece.subarray(done);
        done += at < end ? pass(rest) : gather(rest);
      }
    },
    matches: async () => {
      const ended = headLength === 0 && (at === end || end === Number.MAX_SAFE_INTEGER);
      try {
        return plain && ended && manifests === 1 && (await hasher.digest()) === hex(hash);
      } finally {
        hasher.close();
      }
    },
    close: hasher.close,
  };
}
