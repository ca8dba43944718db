/** A file of 300 MB that needs no disk: a real one, followed by an empty box of the size that is missing. */
import { promises as fs } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseRange } from '../../../src/cli/ranges';

export const HUGE_BYTES = 300_000_000;
const CHUNK = 1 << 20;

/** Bytes of the made-up file. */
function slice(head: Buffer, start: number, length: number): Buffer {
  const out = Buffer.alloc(length);
  if (start < head.length) head.copy(out, 0, start, Math.min(head.length, start + length));
  return out;
}

export async function sendHuge(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const file = await fs.readFile(path);
  const free = Buffer.alloc(8);
  free.writeUInt32BE(HUGE_BYTES - file.length);
  free.write('free', 4, 'latin1');
  const head = Buffer.concat([file, free]);
  const range = parseRange(request.headers.range, HUGE_BYTES);
  if (range === 'bad') {
    response.writeHead(416, { 'content-range': `bytes */${String(HUGE_BYTES)}` }).end();
    return;
  }
  const { start, end } = range ?? { start: 0, end: HUGE_BYTES - 1 };
  response.writeHead(range === null ? 200 : 206, {
    'content-type': 'video/mp4',
    'accept-ranges': 'bytes',
    'content-length': String(end - start + 1),
    ...(range === null ? {} : { 'content-range': `bytes ${String(start)}-${String(end)}/${String(HUGE_BYTES)}` }),
  });
  function* chunks(): Generator<Buffer> {
    for (let at = start; at <= end; at += CHUNK) yield slice(head, at, Math.min(CHUNK, end + 1 - at));
  }
  await pipeline(Readable.from(chunks()), response).catch(() => undefined); // the client has had enough
}

const SLOW_BYTES = 3_000_000;
const SLOW_STEP = 16_000;
const SLOW_STEP_MS = 200;

/** A file that takes longer to read than a browser lets an idle extension live. */
export async function sendSlow(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const file = await fs.readFile(path);
  const bytes = Buffer.alloc(SLOW_BYTES);
  file.copy(bytes);
  bytes.writeUInt32BE(SLOW_BYTES - file.length, file.length);
  bytes.write('free', file.length + 4, 'latin1');
  const range = parseRange(request.headers.range, SLOW_BYTES);
  const headers = { 'content-type': 'video/mp4', 'accept-ranges': 'bytes' };
  if (range !== null && range !== 'bad') {
    const { start, end } = range;
    const total = `bytes ${String(start)}-${String(end)}/${String(SLOW_BYTES)}`;
    response.writeHead(206, { ...headers, 'content-range': total, 'content-length': String(end - start + 1) });
    response.end(bytes.subarray(start, end + 1));
    return;
  }
  response.writeHead(200, { ...headers, 'content-length': String(SLOW_BYTES) });
  for (let at = 0; at < SLOW_BYTES && !response.destroyed; at += SLOW_STEP) {
    response.write(bytes.subarray(at, at + SLOW_STEP));
    await new Promise((done) => setTimeout(done, SLOW_STEP_MS));
  }
  response.end();
}
