/** Answers that go wrong, one function each. */
import { promises as fs } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename, dirname, join } from 'node:path';
import { contentTypeOf } from '../../../src/cli/media-types';
import { sendHuge, sendSlow } from './huge';
import { sendMedia } from './media';

type Answer = (path: string, request: IncomingMessage, response: ServerResponse) => Promise<void>;

const SLOW_STEP_MS = 300;
const VIDEO = { 'content-type': 'video/mp4' };

const html = '<!doctype html><title>Sign in</title><p>Please sign in.</p>';

const faults = {
  /** Refused. */
  forbidden: async (_path, _request, response) => {
    response.writeHead(403, { 'content-type': 'text/plain' }).end('no');
  },
  /** Only for requests that come from one of our own pages. */
  referer: async (path, request, response) => {
    if (/^https?:\/\/[^/]*\.test/.test(request.headers.referer ?? '')) await sendMedia(path, request, response);
    else response.writeHead(403, { 'content-type': 'text/plain' }).end('no');
  },
  /** Pages get the file. Who names no page gets its beginning, and never the rest. */
  stalled: async (path, request, response) => {
    if (request.headers.referer !== undefined) {
      await sendMedia(path, request, response);
      return;
    }
    const bytes = await fs.readFile(path);
    response.writeHead(200, { ...VIDEO, 'content-length': String(bytes.length) });
    response.write(bytes.subarray(0, 64));
  },
  /** Pages get another clip, of another shape and length. Who names no page gets the file. */
  'two-faced': async (path, request, response) => {
    const isPage = request.headers.referer !== undefined;
    await sendMedia(isPage ? join(dirname(path), 'portrait.mp4') : path, request, response);
  },
  /** None: the server names the version of what it sends, and has the browser itself keep nothing. */
  versioned: async (path, request, response) => {
    response.setHeader('etag', '"one"');
    response.setHeader('cache-control', 'no-store');
    await sendMedia(path, request, response);
  },
  /** Only with the cookie `key=1`. */
  cookie: async (path, request, response) => {
    if (/\bkey=1\b/.test(request.headers.cookie ?? '')) await sendMedia(path, request, response);
    else response.writeHead(403, { 'content-type': 'text/plain' }).end('no');
  },
  /** Pages get the file. Who names no page is sent on to another site. */
  'sent-on': async (path, request, response) => {
    if (request.headers.referer !== undefined) {
      await sendMedia(path, request, response);
      return;
    }
    const { port } = new URL(`http://${request.headers.host ?? ''}`);
    response.writeHead(302, { location: `http://other.test:${port}/media/${basename(path)}` }).end();
  },
  /** A page in place of the video. */
  html: async (_path, _request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(html);
  },
  /** Nothing, in good order. */
  zero: async (_path, _request, response) => {
    response.writeHead(200, { ...VIDEO, 'content-length': '0' }).end();
  },
  /** Text that is called a video. */
  text: async (_path, _request, response) => {
    response.writeHead(200, VIDEO).end('This is a text and no video.\n'.repeat(100));
  },
  /** Half of the file, as if it were the whole. */
  truncated: async (path, _request, response) => {
    const bytes = await fs.readFile(path);
    const half = bytes.subarray(0, bytes.length >> 1);
    response.writeHead(200, { ...VIDEO, 'content-length': String(half.length) }).end(half);
  },
  /** The connection breaks in the middle. */
  broken: async (path, _request, response) => {
    const bytes = await fs.readFile(path);
    response.writeHead(200, { ...VIDEO, 'content-length': String(bytes.length) });
    response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy());
  },
  /** Ranges are ignored: always the whole file. */
  'no-range': async (path, _request, response) => {
    const bytes = await fs.readFile(path);
    response.writeHead(200, { 'content-type': contentTypeOf(path), 'content-length': String(bytes.length) }).end(bytes);
  },
  /** Answers 206 whatever was asked, with a total that isn't true. */
  'wrong-length': async (path, _request, response) => {
    const bytes = await fs.readFile(path);
    const range = `bytes 0-${String(bytes.length - 1)}/${String(bytes.length * 2)}`;
    response.writeHead(206, { ...VIDEO, 'content-range': range }).end(bytes);
  },
  /** A body that never ends, a little at a time. */
  endless: async (path, _request, response) => {
    const bytes = await fs.readFile(path);
    response.writeHead(200, VIDEO);
    response.write(bytes.subarray(0, 512));
    const timer = setInterval(() => response.write(Buffer.alloc(256)), SLOW_STEP_MS);
    response.on('close', () => {
      clearInterval(timer);
    });
  },
  /** Sends whoever asks on to where the file is. */
  elsewhere: async (path, _request, response) => {
    response.writeHead(302, { location: `/media/${encodeURIComponent(path)}` }).end();
  },
  /** No answer, ever. */
  silent: async () => undefined,
  /** Parts at once; the whole file, made 3 MB long by an empty box, at about 80 KB a second. */
  slow: sendSlow,
  /** The file with 300 MB of nothing at its end. */
  huge: sendHuge,
} satisfies Record<string, Answer>;

export const FAULTS: Record<keyof typeof faults, Answer> = faults;

export type Fault = keyof typeof faults;
