/** An address: whether it leads to a video or to a page. */
import { basename } from 'node:path';
import type { Input } from './inputs';
import { isVideoName } from './media-types';
import { bareAddress } from '../contract/bare-address';
import { basicAuth } from './secrets';

/** A server that takes longer may still answer a browser. */
export const PROBE_MS = 5_000;

type Address = Extract<Input, { kind: 'address' }>;

export type Found =
  | { kind: 'page'; input: string; url: string }
  /** A page for which a browser would ask for a name and a password; nobody is there to type them. */
  | { kind: 'sign-in'; input: string; named: boolean }
  /** @property unreached what went wrong when it was asked; '' when it answered */
  | { kind: 'media'; input: string; url: string; name: string; unreached: string };

function decodeName(pathname: string): string {
  const name = basename(pathname);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** Node keeps the reason in the cause. */
function reasonOf(error: unknown): string {
  const { name, cause } = error as Error;
  const { code, message } = (cause ?? {}) as { code?: string; message?: string };
  return [name, code ?? '', message ?? ''].join(' ');
}

/** Beginnings of files that browsers play whatever their server calls them (WHATWG MIME Sniffing, 6.2). */
async function beginsAsVideo({ body }: Response): Promise<boolean> {
  const reader = body?.getReader();
  const head = Buffer.from((await reader?.read())?.value ?? []);
  reader?.releaseLock();
  return head.toString('latin1', 4, 8) === 'ftyp' || head.toString('latin1', 0, 4) === '\x1aE\xdf\xa3';
}

/** Whether a browser would ask who is there. Of a name in the address, only Basic can be tried here. */
function asksWho({ status, headers }: Response, named: boolean): boolean {
  const schemes = headers.get('www-authenticate') ?? '';
  return status === 401 && (named ? /\bbasic\b/i : /\b(basic|digest)\b/i).test(schemes);
}

/** The server's word, else the name's ending, else the first bytes. What a browser makes of the address is found out by the browser. */
export async function findOut({ input, url }: Address): Promise<Found> {
  const { href, pathname, hostname } = url;
  const page: Found = { kind: 'page', input, url: href };
  const media = (unreached: string): Found => ({
    ...{ kind: 'media', input, url: href },
    name: decodeName(pathname) || hostname,
    unreached,
  });
  const byName = (unreached: string): Found => (isVideoName(pathname) ? media(unreached) : page);
  try {
    const authorization = basicAuth(url);
    const headers = { range: 'bytes=0-15', ...(authorization && { authorization }) };
    const response = await fetch(bareAddress(href), { headers, signal: AbortSignal.timeout(PROBE_MS) });
    const type = response.headers.get('content-type') ?? '';
    const isPage = /^(text\/html|application\/xhtml)/.test(type);
    const isNamed = /^((video|audio)\/|(application|binary)\/octet-stream)/.test(type) || isVideoName(pathname);
    const isMedia = response.ok && !isPage && (isNamed || (await beginsAsVideo(response)));
    await response.body?.cancel();
    const named = authorization !== null;
    if (asksWho(response, named) && !isVideoName(pathname)) return { kind: 'sign-in', input, named };
    if (!response.ok) return byName('');
    return isMedia ? media('') : page;
  } catch (error) {
    return byName(reasonOf(error));
  }
}
