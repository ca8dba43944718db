/** What a server's `Link` says of a manifest, and what it doesn't. */
import { expect, test } from 'vitest';
import { httpSource } from '../../src/engine/bytes/http-source';

async function linkOf(header: string | null): Promise<string | null> {
  const answer = (): Promise<Response> => {
    const headers = { 'content-type': 'video/mp4', ...(header === null ? {} : { link: header }) };
    const response = new Response(new Uint8Array(100), { headers });
    Object.defineProperty(response, 'url', { value: 'https://media.example/videos/one.mp4' });
    return Promise.resolve(response);
  };
  const source = httpSource('https://media.example/videos/one.mp4', { credentials: 'omit', fetch: answer });
  await source.read(0, 50, new AbortController().signal);
  return source.manifestLink();
}

test.each<[string | null, string | null]>([
  ['<https://keeper.example/a.c2pa>; rel="c2pa-manifest"', 'https://keeper.example/a.c2pa'],
  ['<https://keeper.example/a.c2pa>;rel=c2pa-manifest', 'https://keeper.example/a.c2pa'],
  ['<a.c2pa>; type="application/c2pa"; rel="c2pa-manifest"', 'https://media.example/videos/a.c2pa'],
  ['</a,b.c2pa>; rel="preload c2pa-manifest"', 'https://media.example/a,b.c2pa'],
  ['</style.css>; rel=preload; as=style, </a.c2pa>; rel="c2pa-manifest"', 'https://media.example/a.c2pa'],
  ['</a.c2pa>; rel="not-c2pa-manifest"', null],
  ['</a.c2pa>; rel="c2pa-manifest-of-another"', null],
  ['</a.c2pa>; title="c2pa-manifest"', null],
  ['</a.css>; rel=preload, c2pa-manifest', null],
  ['<http://[broken>; rel="c2pa-manifest"', null],
  [`${'<'.repeat(50_000)}>; rel="c2pa-manifest"`, null],
  ['', null],
  [null, null],
])('%s', async (header, expected) => {
  expect(await linkOf(header)).toBe(expected);
});
