/**
 * Formats of the decoding library whose readers are watched as they read. Its inner parts may change with its version,
 * which is pinned; tests notice.
 */
import type { Input, InputFormat } from 'mediabunny';

/** Bytes at hand, and where in them the next box or element begins. */
export interface Slice {
  bytes: Uint8Array;
  bufferPos: number;
}

/** The input that is read, with the length of its file where it is known. */
export interface GuardedInput {
  _reader: { fileSizeNonStrict: number | null };
}

interface Inner<Demuxer> {
  _createDemuxer(input: GuardedInput): Demuxer;
}

/** Of a file. To find the one that counts, the library compares each with all others. */
export const MAX_TRACKS = 200;

/** The same format, whose readers are what `guard` makes of them. */
export function guarded<Demuxer>(
  format: InputFormat,
  guard: (demuxer: Demuxer, input: GuardedInput) => Demuxer,
): InputFormat {
  const inner = format as unknown as Inner<Demuxer>;
  const value = (input: Input & GuardedInput): Demuxer => guard(inner._createDemuxer(input), input);
  return Object.create(format, { _createDemuxer: { value } }) as InputFormat;
}
