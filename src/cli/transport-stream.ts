/** Whether a file is an MPEG transport stream, by its first packets (ISO/IEC 13818-1, section 2.4.3). */
import { closeSync, openSync, readSync } from 'node:fs';

const SYNC = 0x47;
/** Bytes before the sync byte (a time stamp on discs and in camcorders), and from one sync byte to the next. */
const PACKETS = [
  [0, 188],
  [4, 192],
] as const;
const HEAD = 197;

/**
 * @param path a plain file
 * @throws when it can't be read
 */
export function isTransportStream(path: string): boolean {
  const head = Buffer.alloc(HEAD);
  const file = openSync(path, 'r');
  try {
    readSync(file, head, 0, HEAD, 0);
  } finally {
    closeSync(file);
  }
  return PACKETS.some(([first, step]) => head[first] === SYNC && head[first + step] === SYNC);
}
