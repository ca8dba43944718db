/** Cookies go where the page itself sends them, and nowhere that a server sends us on to. */

/**
 * A fetch that leaves the cookies out once it is sent on: a page can have us ask its own server, which alone decides
 * where we are led, and the page's own load might have had none there.
 */
export function fetchWithin(fetchIt: typeof fetch = fetch.bind(globalThis)): typeof fetch {
  let isSentOn = false;
  return async (url, init = {}) => {
    if (init.credentials !== 'include' || init.redirect === 'error') return await fetchIt(url, init);
    if (!isSentOn) {
      const response = await fetchIt(url, { ...init, redirect: 'manual' });
      if (response.type !== 'opaqueredirect') return response;
      isSentOn = true;
    }
    return await fetchIt(url, { ...init, credentials: 'omit' });
  };
}
