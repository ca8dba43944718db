import { describe, expect, test } from 'vitest';
import { fetchWithin } from '../../src/engine/bytes/cookies';

interface Asked {
  credentials: RequestCredentials | undefined;
  redirect: RequestRedirect | undefined;
}

/** A server that sends on whoever comes the first time, and after that as `always` says. */
function server(always = true) {
  const asked: Asked[] = [];
  let times = 0;
  const fetchIt = (_: unknown, init: RequestInit = {}): Promise<Response> => {
    asked.push({ credentials: init.credentials, redirect: init.redirect });
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
      { credentials: 'omit', redirect: undefined },
    ]);
  });

  test('are not tried again where that was so', async () => {
    const { asked, fetch } = server(false);
    for (let i = 0; i < 3; i++) await fetch('https://site.test/a.mp4', { credentials: 'include' });
    expect(asked.map((a) => a.credentials)).toEqual(['include', 'omit', 'omit', 'omit']);
  });

  test('a request without them is followed as ever, and one that may not be sent on stays so', async () => {
    const { asked, fetch } = server();
    await fetch('https://site.test/a.mp4', { credentials: 'omit', redirect: 'follow' });
    await fetch('https://site.test/a.mp4', { credentials: 'include', redirect: 'error' });
    expect(asked).toEqual([
      { credentials: 'omit', redirect: 'follow' },
      { credentials: 'include', redirect: 'error' },
    ]);
  });
});
