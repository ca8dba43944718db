/** Files with ranges, as a good server gives them. */
import { promises as fs } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { contentTypeOf } from '../../../src/cli/media-types';
import { parseRange } from '../../../src/cli/ranges';
import { sendBytes } from '../../../src/cli/send-bytes';

export async function sendMedia(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const stats = await fs.stat(path).catch(() => null);
  if (stats?.isFile() !== true) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('not here');
    return;
  }
  const range = parseRange(request.headers.range, stats.size);
  response.setHeader('accept-ranges', 'bytes');
  response.setHeader('content-type', contentTypeOf(path));
  if (range === 'bad') {
    response.writeHead(416, { 'content-range': `bytes */${String(stats.size)}` }).end();
    return;
  }
  const { start, end } = range ?? { start: 0, end: stats.size - 1 };
  response.setHeader('content-length', end - start + 1);
  if (range !== null)
    response.setHeader('content-range', `bytes ${String(start)}-${String(end)}/${String(stats.size)}`);
  response.writeHead(range === null ? 200 : 206);
  if (request.method === 'HEAD' || stats.size === 0) response.end();
  else await sendBytes(path, { start, end }, response);
}
