/** Fragments behind their init segment, by the verifier itself, through the call of the bytes worker. */
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readerInNode } from './support/node-engine';
import { OpenBlob, OpenReader } from './support/open-blob';

const SHARED = '../shared/fixtures/c2pa';
const present = existsSync(`${SHARED}/made/stream/init.mp4`);
if (!present) console.warn(`SKIPPED: ${SHARED} is not there; signed fragments were not tested.`);

vi.mock('../../src/engine/credentials/load', () => ({ loadReader: () => Promise.resolve(readerInNode()) }));
const { readPiece } = await import('../../src/engine/read-piece');

const read = (path: string): Buffer => readFileSync(`${SHARED}/${path}`);

describe.runIf(present)('one piece', () => {
  let server: Server;
  let asked: string[] = [];
  beforeAll(async () => {
    vi.stubGlobal('Blob', OpenBlob);
    vi.stubGlobal('FileReaderSync', OpenReader);
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      const [path = '', query] = (request.url ?? '').slice(1).split('?');
      if (query?.startsWith('gone') === true) response.writeHead(403).end();
      else response.end(read(path));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  });
  afterAll(() => {
    vi.unstubAllGlobals();
    server.close();
  });

  const address = (path: string) => ({
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/${path}`,
    credentials: 'omit' as const,
  });
  const context = {
    signal: new AbortController().signal,
    event: () => undefined,
    busy: () => undefined,
    ready: () => undefined,
    worn: () => undefined,
  };
  const look = async (init: string, bytes: Buffer | null, sources: string[] = [], offset_s = 0) =>
    await readPiece(
      {
        init: new OpenBlob([read(init)]),
        bytes: bytes === null ? null : new OpenBlob([bytes]),
        offset_s,
        missed: false,
        sources: sources.map(address),
        anchors: [],
      },
      context,
    );
  const made = 'made/stream/init.mp4';

  test.each<[string, string, string, [number, number]]>([
    [made, 'made/stream/seg-1.m4s', 'unrecognised', [0, 0.5]],
    [made, 'made/stream/seg-3.m4s', 'unrecognised', [1, 1.5]],
    [made, 'made/stream/seg-3-tampered.m4s', 'changed', [1, 1.5]],
    [made, 'made/stream/seg-3-unsigned.m4s', 'changed', [1, 1.5]],
    ['real/dashinit.mp4', 'real/dash1.m4s', 'unrecognised', [0.0667, 1.8]],
    ['real/dashinit.mp4', 'made/stream/seg-1.m4s', 'changed', [0, 0.4]],
  ])('%s with %s', async (init, segment, state, [from, to]) => {
    const facts = await look(init, read(segment), [segment]);
    expect(facts.credentials.state).toBe(state);
    expect(facts.bound).toBe(true);
    expect(facts.span?.[0]).toBeCloseTo(from, 3);
    expect(facts.span?.[1]).toBeCloseTo(to, 3);
  });

  test('every flipped bit of the media is seen', async () => {
    const whole = read('made/stream/seg-2.m4s');
    const mdat = whole.indexOf('mdat') + 4;
    for (let at = mdat; at < whole.length; at += 97) {
      const flipped = Buffer.from(whole);
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      expect((await look(made, flipped)).credentials.state).toBe('changed');
    }
  });

  test('times that the page shifts', async () => {
    expect((await look(made, read('made/stream/seg-1.m4s'), [], 60)).span).toEqual([60, 60.5]);
  });

  test('C3: an init segment alone is what it claims, never changed', async () => {
    const { credentials, span } = await look(made, null);
    expect(credentials).toMatchObject({ state: 'unverified', reason: 'init-only', claims: 'ai-generated' });
    expect(span).toBeNull();
  });

  test.each<[string, string[]]>([
    ['nowhere to look', []],
    ['another segment', ['made/stream/seg-2.m4s']],
    ['an answer of 403', ['made/stream/seg-1.m4s?gone']],
  ])('the page’s word stays its word: %s', async (_, sources) => {
    const { bound, credentials } = await look(made, read('made/stream/seg-1.m4s'), sources);
    expect({ bound, state: credentials.state }).toEqual({ bound: false, state: 'unrecognised' });
  });

  test('parts of a segment, by the whole of it', async () => {
    const whole = read('made/stream/seg-4.m4s');
    const part = whole.subarray(whole.indexOf('moof') - 4);
    const facts = await look(made, part, ['made/stream/seg-4.m4s']);
    expect(facts).toMatchObject({ bound: true, span: [1.5, 2] });
    expect(facts.credentials.state).toBe('unrecognised');
    // Scraps that can be found anywhere prove nothing.
    const scrap = await look(made, whole.subarray(100, 101), ['made/stream/seg-4.m4s']);
    expect(scrap).toMatchObject({ bound: false, credentials: { state: 'unverified', reason: 'stream' } });
  });

  test('an address is asked once', async () => {
    asked = [];
    const first = read('made/stream/seg-1.m4s');
    await look(made, first, ['made/stream/seg-1.m4s?once']);
    await look(made, first, ['made/stream/seg-1.m4s?once']);
    await look(made, first, ['made/stream/seg-1.m4s?gone2']);
    await look(made, first, ['made/stream/seg-1.m4s?gone2']);
    expect(asked).toEqual(['/made/stream/seg-1.m4s?once', '/made/stream/seg-1.m4s?gone2']);
  });
});
