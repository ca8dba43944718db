/** Sends a part of a file as the body of an answer. */
import { createReadStream } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { ByteRange } from './ranges';

/** Read at a time: with the 64 KB that are usual, a large file costs three times the work. */
const PIECE_BYTES = 1024 * 1024;

/** @returns when all was sent, or the browser wants no more of it */
export async function sendBytes(path: string, range: ByteRange, response: ServerResponse): Promise<void> {
  await pipeline(createReadStream(path, { ...range, highWaterMark: PIECE_BYTES }), response).catch(() => undefined);
}
