/** Serves local files to the browser: loopback only, each under an address that nobody can guess. */
import { randomBytes } from 'node:crypto';
import { promises as fs } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join, normalize, sep } from 'node:path';
import { contentTypeOf } from './media-types';
import { parseRange } from './ranges';
import { sendBytes } from './send-bytes';

export interface FileServer {
  /** Address of one file. */
  file(path: string): string;
  /** Address under which a whole folder is served. */
  folder(path: string): string;
  close(): void;
}

async function sendFile(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const stats = await fs.stat(path).catch(() => null);
  if (stats?.isFile() !== true) {
    response.writeHead(404).end();
    return;
  }
  const range = parseRange(request.headers.range, stats.size);
  const headers: Record<string, string> = {
    'accept-ranges': 'bytes',
    'content-type': contentTypeOf(path),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  };
  if (range === 'bad') {
    response.writeHead(416, { ...headers, 'content-range': `bytes */${String(stats.size)}` }).end();
    return;
  }
  const { start, end } = range ?? { start: 0, end: stats.size - 1 };
  headers['content-length'] = String(end - start + 1);
  if (range !== null) headers['content-range'] = `bytes ${String(start)}-${String(end)}/${String(stats.size)}`;
  response.writeHead(range === null ? 200 : 206, headers);
  if (request.method === 'HEAD' || stats.size === 0) {
    response.end();
    return;
  }
  await sendBytes(path, { start, end }, response);
}

/** The path below a folder that an address names; null when it leads out of the folder. */
function below(folder: string, rest: string): string | null {
  const path = normalize(join(folder, rest));
  return path.startsWith(normalize(folder) + sep) ? path : null;
}

export async function startServer(): Promise<FileServer> {
  const token = randomBytes(16).toString('hex');
  const files: string[] = [];
  const folders = new Map<string, string>();

  const find = (pathname: string): string | null => {
    const [, given, kind, key = '', ...rest] = pathname.split('/').map(decodeURIComponent);
    if (given !== token) return null;
    if (kind === 'file') return files[Number(key)] ?? null;
    const folder = kind === 'folder' ? folders.get(key) : undefined;
    return folder === undefined ? null : below(folder, rest.join('/') || 'index.html');
  };

  const server = createServer((request, response) => {
    let path: string | null = null;
    try {
      path = find(new URL(request.url ?? '/', 'http://localhost').pathname);
    } catch {
      // an address that can't be decoded names nothing
    }
    if (path === null) response.writeHead(404).end();
    else void sendFile(path, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/${token}`;

  return {
    file: (path) => `${origin}/file/${String(files.push(path) - 1)}/${encodeURIComponent(basename(path))}`,
    folder: (path) => {
      const key = String(folders.size);
      folders.set(key, path);
      return `${origin}/folder/${key}/`;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
