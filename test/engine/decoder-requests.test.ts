/** The decoder asks for the address of the video, and for none that its bytes name. */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openVideo } from '../../src/engine/estimate/decode';
import { never } from './support/node-engine';

const PLAYLISTS = {
  'of segments': '#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXT-X-MAP:URI="/other"\n#EXTINF:9,\n/other\n#EXT-X-ENDLIST\n',
  'of encrypted segments':
    '#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXT-X-KEY:METHOD=AES-128,URI="/other"\n#EXTINF:9,\n/other\n#EXT-X-ENDLIST\n',
  'of playlists': '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=9\n/other\n',
};

let server: Server;
let asked: string[] = [];
let body = '';
beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end(request.url === '/video' ? body : '');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
beforeEach(() => {
  asked = [];
});
afterAll(() => {
  server.close();
});

test.each(Object.entries(PLAYLISTS))('a playlist %s', async (_, text) => {
  body = text;
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/video`;
  expect(await openVideo({ kind: 'url', url, credentials: 'include' }, never, () => false)).toBeNull();
  expect([...new Set(asked)]).toEqual(['/video']);
});
