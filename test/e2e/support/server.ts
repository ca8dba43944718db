/**
 * The tests' web: one server as site.test, cdn.test and cors.test over http and https, with pages given
 * by the tests, media with ranges, and answers that go wrong in every way that a server can.
 */
import { createServer as createHttp, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { resolve } from 'node:path';
import { makeCertificate } from './certificate';
import { FAULTS, type Fault } from './faults';
import { sendMedia } from './media';

/** Names of real sites lead here only in browsers that were started so (`real-hosts.ts`). */
export type Host = 'site.test' | 'www.site.test' | 'cdn.test' | 'cors.test' | 'other.test' | `${string}.com`;

/** A request as the server saw it. */
export interface Seen {
  method: string;
  host: string;
  path: string;
  headers: IncomingMessage['headers'];
  /** The client went away before the answer was complete. */
  aborted: boolean;
}

interface Page {
  html: string;
  headers: Record<string, string>;
}

export interface TestServer {
  /** Address of a path, over http unless `secure`. */
  url(path: string, host?: Host, secure?: boolean): string;
  /** Address of a file of test/fixtures/media (or of another absolute path). */
  media(file: string, host?: Host, secure?: boolean): string;
  /** Address under which a file is served wrongly. */
  fault(fault: Fault, file: string, host?: Host, secure?: boolean): string;
  /** Sets a page, for one query alone where the path has one; gives its path. */
  page(path: string, html: string, headers?: Record<string, string>): string;
  /** Serves a file under a path of its own; gives the path. */
  file(path: string, file: string): string;
  seen(): Seen[];
  forget(): void;
  close(): Promise<void>;
}

const MEDIA = resolve('test/fixtures/media');
const OPEN_TO_ALL = { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'range' };

function filePath(encoded: string): string {
  return resolve(MEDIA, decodeURIComponent(encoded));
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  pages: Map<string, Page>,
  files: Map<string, string>,
  log: Seen[],
): Promise<void> {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  const { pathname } = new URL(request.url ?? '/', 'http://site.test');
  const seen: Seen = {
    method: request.method ?? '',
    host,
    path: request.url ?? '',
    headers: request.headers,
    aborted: false,
  };
  log.push(seen);
  response.on('close', () => {
    seen.aborted = !response.writableFinished;
  });
  if (host === 'cors.test') for (const [name, value] of Object.entries(OPEN_TO_ALL)) response.setHeader(name, value);
  const page = pages.get(request.url ?? '') ?? pages.get(pathname);
  if (page !== undefined) {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...page.headers }).end(page.html);
    return;
  }
  const file = files.get(pathname);
  if (file !== undefined) {
    await sendMedia(file, request, response);
    return;
  }
  const [, kind = '', first = '', second = ''] = pathname.split('/');
  if (kind === 'media') await sendMedia(filePath(first), request, response);
  else if (kind === 'fault' && first in FAULTS) await FAULTS[first as Fault](filePath(second), request, response);
  else response.writeHead(404, { 'content-type': 'text/plain' }).end('not here');
}

/** The engine's own requests name no page. (What tells them from a page's, `sec-fetch-dest`, is sent over https only.) */
export const isEngines = ({ headers }: Seen): boolean => headers.referer === undefined;

const listen = async (server: Server): Promise<number> => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
};

/** @param options.https also serve over https, with a certificate made for this run */
export async function startTestServer(options: { https?: boolean } = {}): Promise<TestServer> {
  const pages = new Map<string, Page>();
  const files = new Map<string, string>();
  const log: Seen[] = [];
  const handle: RequestListener = (request, response) => {
    answer(request, response, pages, files, log).catch(() => response.destroy());
  };
  const plain = createHttp(handle);
  const secured = options.https === true ? createHttps(makeCertificate(), handle) : null;
  const port = await listen(plain);
  const securePort = secured === null ? 0 : await listen(secured);

  const url: TestServer['url'] = (path, host = 'site.test', secure = false) =>
    secure ? `https://${host}:${String(securePort)}${path}` : `http://${host}:${String(port)}${path}`;

  return {
    url,
    media: (file, host, secure) => url(`/media/${encodeURIComponent(file)}`, host, secure),
    fault: (fault, file, host, secure) => url(`/fault/${fault}/${encodeURIComponent(file)}`, host, secure),
    page: (path, html, headers = {}) => {
      pages.set(path, { html, headers });
      return path;
    },
    file: (path, file) => {
      files.set(path, resolve(file));
      return path;
    },
    seen: () => [...log],
    forget: () => {
      log.length = 0;
    },
    close: async () => {
      for (const server of [plain, secured]) {
        if (server === null) continue;
        server.closeAllConnections();
        await new Promise((done) => server.close(done));
      }
    },
  };
}
