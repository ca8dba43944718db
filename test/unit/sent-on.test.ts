import { describe, expect, test } from 'vitest';
import { fetchWithin } from '../../src/engine/bytes/sent-on';

type Space = 'public' | 'local' | 'loopback';
interface Asked {
  credentials: RequestCredentials | undefined;
  redirect: RequestRedirect | undefined;
  targetAddressSpace?: Space;
}

/**
 * A server that sends on whoever comes the first time, and after that as `always` says.
 * @param way where it is, and where it sends to; a browser refuses to go where it wasn't told to
 */
function server(always = true, way: Space[] = ['public', 'public']) {
  const asked: Asked[] = [];
  let times = 0;
  const fetchIt = (_: unknown, init: RequestInit & { targetAddressSpace?: Space } = {}): Promise<Response> => {
    const { credentials, redirect, targetAddressSpace: space } = init;
    asked.push({ credentials, redirect, ...(space && { targetAddressSpace: space }) });
    const met = redirect === 'manual' ? way.slice(0, 1) : way;
    if (space !== undefined && met.some((at) => at !== space)) return Promise.reject(new TypeError('Failed to fetch'));
    const sendsOn = init.redirect === 'manual' && (always || times++ === 0);
    const answer = sendsOn ? { type: 'opaqueredirect', status: 0 } : { type: 'basic', status: 200 };
    return Promise.resolve(answer as Response);
  };
  return { asked, fetch: fetchWithin(fetchIt as typeof fetch) };
}

describe('cookies', () => {
  test('stay at the address that the page loads with them, and are left out once it sends us on', async () => {
    const { asked, fetch } = server();
    expect((await fetch('https://site.test/a.mp4', { credentials: 'include' })).status).toBe(200);
    expect(asked).toEqual([
      { credentials: 'include', redirect: 'manual' },
      { credentials: 'omit', redirect: undefined, targetAddressSpace: 'public' },
    ]);
  });

  test('are not tried again where that was so', async () => {
    const { asked, fetch } = server(false);
    for (let i = 0; i < 3; i++) await fetch('https://site.test/a.mp4', { credentials: 'include' });
    expect(asked.map((a) => a.credentials)).toEqual(['include', 'omit', 'omit', 'omit']);
  });

  test('a request that may not be sent on stays so', async () => {
    const { asked, fetch } = server();
    await fetch('https://site.test/a.mp4', { credentials: 'include', redirect: 'error' });
    expect(asked).toEqual([{ credentials: 'include', redirect: 'error' }]);
  });
});

test('a user name and a password are left out: browsers fetch no address with them', async () => {
  const asked: unknown[] = [];
  const fetch = fetchWithin(((url: unknown) => {
    asked.push(url);
    return Promise.resolve({ type: 'basic', status: 200 } as Response);
  }) as typeof globalThis.fetch);
  await fetch('https://user:s3cret@site.test/a.mp4', { credentials: 'omit' });
  await fetch('https://user@site.test/a.mp4', { redirect: 'error' });
  expect(asked).toEqual(['https://site.test/a.mp4', 'https://site.test/a.mp4']);
});

describe('the user’s own network', () => {
  test.each(['local', 'loopback'] as const)('a public server leads nobody there: %s', async (target) => {
    const { asked, fetch } = server(true, ['public', target]);
    for (let i = 0; i < 2; i++) {
      await expect(fetch('https://site.test/a.mp4', { credentials: 'omit' })).rejects.toThrow(TypeError);
    }
    // Nothing that it could follow was asked without saying where it may lead.
    expect(asked.filter((a) => a.redirect !== 'manual' && a.targetAddressSpace !== 'public')).toEqual([]);
  });

  test.each([
    ['loopback', 'loopback'],
    ['local', 'local'],
    ['loopback', 'public'],
  ] as const)('what begins there may be led on: %s to %s', async (...way) => {
    const { asked, fetch } = server(true, way);
    expect((await fetch('http://localhost/a.mp4', { credentials: 'include' })).status).toBe(200);
    const before = asked.length;
    expect((await fetch('http://localhost/a.mp4', { credentials: 'include' })).status).toBe(200);
    expect(asked.slice(before)).toEqual([{ credentials: 'omit', redirect: undefined }]);
  });

  test('who was stopped asks no further', async () => {
    const { asked, fetch } = server(true, ['public', 'loopback']);
    await expect(fetch('https://site.test/a.mp4', { signal: AbortSignal.abort() })).rejects.toThrow(TypeError);
    expect(asked).toHaveLength(2);
  });
});
