/** A local server of one file that answers rightly or in one of many wrong ways, and notes what happened. */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

interface Range {
  start: number;
  /** Behind the last byte. */
  end: number;
}

/** Answers one request. */
export type Manner = (file: Buffer, range: Range | null, response: ServerResponse, request: IncomingMessage) => void;

const MP4 = { 'content-type': 'video/mp4' };

const partial =
  (state: (range: Range, length: number) => string): Manner =>
  (file, range, response) => {
    if (range === null) return void response.writeHead(200, { ...MP4, 'content-length': file.length }).end(file);
    if (range.start >= file.length) return void response.writeHead(416).end();
    const end = Math.min(range.end, file.length);
    const part = file.subarray(range.start, end);
    const headers = { ...MP4, 'content-range': state({ start: range.start, end }, file.length) };
    response.writeHead(206, { ...headers, 'content-length': part.length }).end(part);
  };
const status =
  (code: number, type = 'text/html', body = '<!doctype html><p>No.</p>'): Manner =>
  (_file, _range, response) =>
    void response.writeHead(code, { 'content-type': type }).end(body);

const right = partial(({ start, end }, length) => `bytes ${String(start)}-${String(end - 1)}/${String(length)}`);

/** Sends the file and then zeros, as fast as they are taken, until the other side hangs up. */
const endless: Manner = (file, _range, response) => {
  response.writeHead(200, MP4).write(file);
  const zeros = Buffer.alloc(65_536);
  const more = (): void => {
    while (!response.destroyed && response.write(zeros));
  };
  response.on('drain', more);
  more();
};

/** Whenever all of it is asked for it breaks off; the rest comes on request. The tags of what comes first, and then. */
const breaking =
  (first: string | null, then = first): Manner =>
  (file, range, response, request) => {
    const tag = range === null || range.start < file.length / 4 ? first : then;
    if (tag !== null) response.setHeader('etag', tag);
    if (range !== null) {
      right(file, range, response, request);
      return;
    }
    response.writeHead(200, { ...MP4, 'content-length': file.length }).write(file.subarray(0, file.length >> 1));
    setTimeout(() => response.destroy(), 50);
  };
const part =
  (share: number): Manner =>
  (file, range, response, request) => {
    right(file, range ?? { start: 0, end: Math.floor(file.length * share) }, response, request);
  };

const zipped = new WeakMap<Buffer, Buffer>();
/** Once, and before it is asked for: that takes longer than a client waits, and stops this process. */
function zip(file: Buffer): Buffer {
  const known = zipped.get(file) ?? gzipSync(file, { level: 1 });
  zipped.set(file, known);
  return known;
}

export const MANNERS = {
  right,
  'breaks off': breaking('"one"'),
  'breaks off, and then is another file': breaking('"one"', '"two"'),
  'breaks off, and names no version': breaking(null),
  'breaks off, and names no version for sure': breaking('W/"one"'),
  '206 for all of it': part(1),
  'a part for all of it': part(0.5),
  'half of it, called all of it': (file, range, response, request) => {
    if (range !== null) right(file, range, response, request);
    else right(file.subarray(0, file.length >> 1), null, response, request);
  },
  'no ranges': (file, _range, response) =>
    void response.writeHead(200, { ...MP4, 'content-length': file.length }).end(file),
  'no ranges, no length': (file, _range, response) => void response.writeHead(200, MP4).end(file),
  'another range': partial(
    ({ start, end }, length) => `bytes ${String(start + 7)}-${String(end + 6)}/${String(length)}`,
  ),
  'no total': partial(({ start, end }) => `bytes ${String(start)}-${String(end - 1)}/*`),
  'total too large': partial(({ start, end }, n) => `bytes ${String(start)}-${String(end - 1)}/${String(n + 50_000)}`),
  'length too large': (file, _range, response) => {
    response.writeHead(200, { ...MP4, 'content-length': file.length + 1_000 }).write(file);
    setTimeout(() => response.destroy(), 50);
  },
  forbidden: status(403),
  'not found': status(404),
  /** Promises little by its ranges. */
  'ranges, and without end as a whole': (file, range, response, request) => {
    if (range === null) endless(file, range, response, request);
    else right(file, range, response, request);
  },
  'out of range': status(416),
  'a page': status(200),
  'a text': status(200, 'text/plain; charset=utf-8', 'no video '.repeat(20)),
  nothing: status(200, 'video/mp4', ''),
  compressed: (file, _range, response) =>
    void response.writeHead(200, { ...MP4, 'content-encoding': 'gzip' }).end(zip(file)),
  redirect: (file, range, response, request) => {
    const url = request.url ?? '';
    if (url.endsWith('?there')) right(file, range, response, request);
    else response.writeHead(302, { location: `${url}?there` }).end();
  },
  'redirect in circles': (_file, _range, response, request) =>
    void response.writeHead(302, { location: request.url ?? '' }).end(),
  silent: () => undefined,
  'head only': (file, _range, response) => {
    response.writeHead(200, { ...MP4, 'content-length': file.length }).flushHeaders();
  },
  endless,
  'cut off': (file, _range, response) => {
    response.writeHead(200, { ...MP4, 'content-length': file.length }).write(file.subarray(0, file.length / 2));
    setTimeout(() => response.destroy(), 50);
  },
  trickle: (file, _range, response) => {
    response.writeHead(200, { ...MP4, 'content-length': file.length });
    let at = 0;
    const timer = setInterval(() => response.write(file.subarray(at, (at += 64))), 20);
    response.on('close', () => clearInterval(timer));
  },
} satisfies Record<string, Manner>;
export type MannerName = keyof typeof MANNERS;

export interface FaultyServer {
  url(manner: MannerName): string;
  /** Answers that the other side hung up on before their end. */
  hungUp(): number;
  /** Answers that are still open. */
  open(): number;
  requests(): number;
  close(): Promise<void>;
}

function rangeOf(request: IncomingMessage): Range | null {
  const match = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
  return match === null ? null : { start: Number(match[1]), end: Number(match[2]) + 1 };
}

export async function serve(file: Buffer): Promise<FaultyServer> {
  let hungUp = 0;
  let open = 0;
  let requests = 0;
  const server: Server = createServer((request, response) => {
    requests++;
    open++;
    response.on('close', () => {
      open--;
      if (!response.writableFinished) hungUp++;
    });
    const name = decodeURIComponent((request.url ?? '').split('?')[0]?.slice(1) ?? '') as MannerName;
    (MANNERS[name] as Manner)(file, rangeOf(request), response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: (manner) => {
      if (manner === 'compressed') zip(file);
      return `http://127.0.0.1:${String(port)}/${encodeURIComponent(manner)}`;
    },
    hungUp: () => hungUp,
    open: () => open,
    requests: () => requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
