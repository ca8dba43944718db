/** What is fetched again of a stream: an answer that one frame has had without cookies is not another frame's with them. */
import { afterEach, expect, test, vi } from 'vitest';
import { refetch } from '../../src/engine/refetch';

afterEach(() => {
  vi.unstubAllGlobals();
});

const never = new AbortController().signal;
const segment = Uint8Array.from([1, 2, 3, 4]);
const url = 'https://site.test/segment.m4s';
const isIt = (bytes: Uint8Array): boolean => bytes.length === segment.length;

test.each([
  [
    ['omit', 'include'],
    [null, segment],
  ],
  [
    ['include', 'omit'],
    [segment, null],
  ],
] as const)('asked with %j', async (order, wanted) => {
  const own = `${url}?${order.join()}`;
  const asked: string[] = [];
  vi.stubGlobal('fetch', (_: string, { credentials }: RequestInit) => {
    asked.push(String(credentials));
    const isSignedIn = credentials === 'include';
    return Promise.resolve(isSignedIn ? new Response(segment.slice()) : new Response('no', { status: 403 }));
  });
  const found: (Uint8Array | null)[] = [];
  for (const credentials of [...order, ...order]) {
    found.push(await refetch([{ url: own, credentials }], segment.length, isIt, never));
  }
  expect(found).toEqual([...wanted, ...wanted]);
  expect(asked).toEqual(order); // each once
});
