/** What the element plays, as a reference that the engine can read: address, bytes, or a stream. */
import type { MediaRef } from '../contract/messages';
import type { BytesReason } from '../contract/reasons';

/** Where a video stands: what decides whether the page itself would send cookies with it. */
export interface Place {
  /** Top-level site as `siteOf()` names it. */
  site: string | null;
  /** Origin of the frame (`self.origin`). */
  origin: string;
}

const hostOf = (url: string): string | null => (URL.canParse(url) ? new URL(url).hostname : null);

const belongs = (host: string | null, site: string): boolean =>
  host !== null && (host === site || host.endsWith(`.${site}`));

/**
 * Cookies are sent only where the page's own load sends them: to the top-level site, from a frame of
 * that site, and not when the element asks for an anonymous load from another origin.
 */
export function credentialsFor(url: string, crossOrigin: string | null, { site, origin }: Place): 'include' | 'omit' {
  if (site === null || site === '' || site.endsWith(':')) return 'omit';
  if (!belongs(hostOf(url), site) || !belongs(hostOf(origin), site)) return 'omit';
  const foreign = new URL(url).origin !== origin;
  return foreign && crossOrigin === 'anonymous' ? 'omit' : 'include';
}

/** Chrome copies large bytes to its disk, which may be full: pieces stay in memory. */
async function inPieces(ask: () => Promise<Response>): Promise<Blob> {
  const parts: Blob[] = [];
  for await (const part of (await ask()).body ?? []) parts.push(new Blob([part]));
  return new Blob(parts);
}

const STREAM: MediaRef = { kind: 'stream' };
const unreachable = (reason: BytesReason): MediaRef => ({ kind: 'unreachable', reason });

const isBlob = (url: string): boolean => url.startsWith('blob:');

/** Keeps hold of a blob: address, which the page may take back once its video has loaded. Nothing is read. */
export const heldBlob = (url: string): Request | null => (isBlob(url) ? new Request(url) : null);

async function blobRef(url: string, signal: AbortSignal, held: Request | null, mayStream: boolean): Promise<MediaRef> {
  const ask = (): Promise<Response> => fetch(held?.url === url ? held : url, { signal });
  let isStream = mayStream;
  try {
    const response = await ask();
    isStream = false;
    return { kind: 'blob', name: url, blob: await response.blob().catch(() => inPieces(ask)) };
  } catch {
    return isStream ? STREAM : unreachable('blob-gone');
  }
}

/**
 * Only asked for once the element has loaded metadata of this very source: the page can't use us to read addresses.
 * @param signal ends the copying of a blob; what comes back then is nothing's reference
 * @param held of `heldBlob`, when the element began to load
 * @param mayStream whether a blob: address behind which nothing can be fetched may be a MediaSource
 */
export async function mediaRef(
  video: HTMLVideoElement,
  place: Place,
  signal: AbortSignal,
  held: Request | null,
  mayStream: boolean,
): Promise<MediaRef> {
  if (video.srcObject !== null || video.mediaKeys != null) return STREAM;
  const url = video.currentSrc;
  if (isBlob(url)) return await blobRef(url, signal, held, mayStream);
  if (url.startsWith('data:')) return { kind: 'url', url, credentials: 'omit' };
  if (/^https?:/.test(url)) return { kind: 'url', url, credentials: credentialsFor(url, video.crossOrigin, place) };
  return unreachable('no-access');
}

/** A short name of the media for the label; the content of a data: address is not repeated. */
export function mediaName(video: HTMLVideoElement): string {
  if (video.srcObject !== null) return 'stream';
  const url = video.currentSrc;
  return url.startsWith('data:') ? url.slice(0, url.indexOf(',') + 1) : url;
}
