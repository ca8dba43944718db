/**
 * Where a server may send us on to. A page can have us ask its own server, which alone decides where we are led: no
 * cookies go there, since the page's own load might have had none, and nobody leads us into the user's own network.
 */

import { bareAddress } from '../../contract/bare-address';

/** Where an address lies (https://wicg.github.io/local-network-access/). Firefox knows no such option. */
interface Init extends RequestInit {
  targetAddressSpace?: 'public' | 'local' | 'loopback';
}

/**
 * A fetch that, once it is sent on, leaves the cookies out, and goes no way but over public addresses. Browsers hold
 * pages to that, but not us. What begins inside of a network may be led anywhere. Browsers refuse to fetch an address
 * with a user name; whoever signed in to the page by one did so for the browser, too.
 */
export function fetchWithin(fetchIt: typeof fetch = fetch.bind(globalThis)): typeof fetch {
  let isSentOn = false;
  let beginsInside = false;

  /** By its connection: what a server answers can't make it seem so. */
  const isAt = async (url: RequestInfo | URL, init: Init): Promise<boolean> => {
    try {
      await (await fetchIt(url, { ...init, redirect: 'manual' })).body?.cancel();
      return true;
    } catch {
      return false;
    }
  };

  const onward = async (url: RequestInfo | URL, init: Init): Promise<Response> => {
    if (beginsInside) return await fetchIt(url, init);
    try {
      return await fetchIt(url, { ...init, targetAddressSpace: 'public' } as Init);
    } catch (error) {
      if (init.signal?.aborted === true) throw error;
      for (const targetAddressSpace of ['local', 'loopback'] as const) {
        beginsInside ||= await isAt(url, { ...init, targetAddressSpace });
      }
      if (!beginsInside) throw error;
      return await fetchIt(url, init);
    }
  };

  return async (address, init = {}) => {
    const url = typeof address === 'string' ? bareAddress(address) : address;
    if (init.redirect === 'error') return await fetchIt(url, init);
    if (!isSentOn) {
      const response = await fetchIt(url, { ...init, redirect: 'manual' });
      if (response.type !== 'opaqueredirect') return response;
      isSentOn = true;
    }
    return await onward(url, { ...init, credentials: 'omit' });
  };
}
