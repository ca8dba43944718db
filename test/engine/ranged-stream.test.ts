/** Streams whose segments are ranges of one file: a piece is bound once the same range has come from the server. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { sendMedia } from '../e2e/support/media';
import { box } from './fuzz/make';
import { readerInNode } from './support/node-engine';
import { OpenBlob, OpenReader } from './support/open-blob';

const folder = mkdtempSync(join(tmpdir(), 'assay-ranged-'));
const made = (name: string): Buffer => readFileSync(join(folder, name));
vi.mock('../../src/engine/credentials/load', () => ({
  loadReader: () =>
    Promise.resolve(readerInNode({ signers: readFileSync(join(folder, 'root.pem'), 'utf8'), timeStamps: '' })),
}));
const { readPiece } = await import('../../src/engine/read-piece');

const context = {
  signal: new AbortController().signal,
  event: () => undefined,
  busy: () => undefined,
  ready: () => undefined,
  worn: () => undefined,
};

const words = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, i) => bytes.writeUInt32BE(value, i * 4));
  return bytes;
};

/** @param wide with the long form of its times */
function index(segments: Buffer[], wide: boolean): Buffer {
  const head = wide ? words(0x01000000, 1, 1_000, 0, 0, 0, 0) : words(0, 1, 1_000, 0, 0);
  const entries = segments.map((segment) => words(segment.length, 500, 0x90000000));
  return Buffer.from(box('sidx', head, words(segments.length), ...entries));
}

let server: Server;
let ranges: (string | undefined)[];
let names = 0;

/** Puts a file on the server, under a name that was never asked for. */
function serve(...parts: Buffer[]): string {
  const name = `/${String(names++)}.mp4`;
  writeFileSync(join(folder, name), Buffer.concat(parts));
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}${name}`;
}

const look = (piece: Buffer, url: string): ReturnType<typeof readPiece> =>
  readPiece(
    {
      init: new OpenBlob([made('whole.mp4')]),
      bytes: new OpenBlob([piece]),
      sources: [{ url, credentials: 'omit' }],
      offset_s: 0,
      missed: false,
      anchors: [],
    } as never,
    context as never,
  );

beforeAll(async () => {
  vi.stubGlobal('Blob', OpenBlob);
  vi.stubGlobal('FileReaderSync', OpenReader);
  execFileSync(process.execPath, ['test/engine/support/merkle-file.mjs', folder]);
  server = createServer((request, response) => {
    ranges.push(request.headers.range);
    if (request.url?.endsWith('?whole') === true) delete request.headers.range;
    void sendMedia(join(folder, (request.url ?? '').replace(/\?.*/, '')), request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
beforeEach(() => {
  ranges = [];
});
afterAll(() => {
  vi.unstubAllGlobals();
  server.close();
  rmSync(folder, { recursive: true });
});

/** A segment that is no piece of ours: too much to be fetched whole, and one of the same length. */
const large = Buffer.from(box('mdat', new Uint8Array(1_500_000)));
const twin = (fragment: Buffer): Buffer => Buffer.from(box('free', new Uint8Array(fragment.length - 8)));

test.each([true, false])('the piece is found by the index (wide: %s)', async (wide) => {
  const fragment = made('fragment.m4s');
  const segments = [large, twin(fragment), fragment, large];
  const url = serve(made('whole.mp4'), index(segments, wide), ...segments);
  expect(await look(fragment, url)).toMatchObject({ bound: true, credentials: { state: 'trusted-user' } });
  const [whole, ...parts] = ranges;
  expect(whole).toBeUndefined();
  expect(parts.length).toBeLessThanOrEqual(8);
  ranges = [];
  expect(await look(fragment, url)).toMatchObject({ bound: true });
  expect(ranges.length).toBeLessThan(parts.length); // the index is known
});

test('a piece that the server does not have stays the page’s word', async () => {
  const fragment = made('fragment.m4s');
  const segments = [large, twin(fragment), large];
  const url = serve(made('whole.mp4'), index(segments, true), ...segments);
  expect(await look(fragment, url)).toMatchObject({ bound: false, credentials: { state: 'trusted-user' } });
});

test.each<[string, (fragment: Buffer) => Buffer[]]>([
  ['has no index', (fragment) => [large, fragment]],
  ['has an index that leads nowhere', (fragment) => [index([Buffer.alloc(7), fragment], true), large, fragment]],
  ['has an index that is cut', (fragment) => [index([large, fragment], true).subarray(0, 40), large, fragment]],
])('so does that of a file that %s', async (_, parts) => {
  const fragment = made('fragment.m4s');
  expect(await look(fragment, serve(made('whole.mp4'), ...parts(fragment)))).toMatchObject({ bound: false });
});

test('a server that gives no ranges is not read to the end', async () => {
  const fragment = made('fragment.m4s');
  const url = serve(made('whole.mp4'), index([large, fragment], true), large, fragment);
  expect(await look(fragment, `${url}?whole`)).toMatchObject({ bound: false });
  expect(ranges).toHaveLength(2);
});
