/** The bench's web: pages and media on 127.0.0.1, with a count of what the engine and the page were sent. */
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { resolve } from 'node:path';
import { sendMedia } from '../e2e/support/media';

export interface Sent {
  path: string;
  /** What the browser says that it loads: `video` is the page's own, `empty` a fetch (the engine's). */
  dest: string;
  bytes: number;
}

export interface BenchServer {
  url(path: string): string;
  page(path: string, html: string): string;
  sent(): Sent[];
  close(): Promise<void>;
}

export async function startBenchServer(media: string): Promise<BenchServer> {
  const pages = new Map<string, string>();
  const log: Sent[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const html = pages.get(pathname);
    if (html !== undefined) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html);
      return;
    }
    const socket: Socket = request.socket;
    const before = socket.bytesWritten;
    const entry = { path: request.url ?? '', dest: String(request.headers['sec-fetch-dest'] ?? '?'), bytes: 0 };
    log.push(entry);
    response.on('close', () => {
      entry.bytes = socket.bytesWritten - before;
    });
    response.setHeader('cache-control', 'no-store');
    sendMedia(resolve(media, `.${decodeURIComponent(pathname)}`), request, response).catch(() => response.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return {
    url: (path) => origin + path,
    page: (path, html) => {
      pages.set(path, html);
      return origin + path;
    },
    sent: () => [...log],
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
