/**
 * A manifest that is kept elsewhere: XMP `dcterms:provenance` in the file, or the server's `Link` beside it.
 * The link is shown; it is followed only when the user asks for it.
 */
import { latin } from '../bytes/bytes';
import type { Layout } from '../bytes/layout';
import { isPublicAddress } from '../bytes/public-address';
import { BytesError } from '../bytes/source';
import type { ByteSource } from '../bytes/source';
import { xmpPackets } from '../bytes/xmp-packets';
import { MAX_JUMBF } from './manifest-box';

const PROVENANCE = '{http://purl.org/dc/terms/}provenance';
/** The box that holds a manifest store, up to the store: type, UUID, version and flags, purpose, no Merkle box. */
const BOX_HEAD = [
  ...[0x75, 0x75, 0x69, 0x64, 0xd8, 0xfe, 0xc3, 0xd6, 0x1b, 0x0e, 0x48, 0x3c],
  ...[0x92, 0x97, 0x58, 0x28, 0x87, 0x7e, 0xc4, 0x81, 0, 0, 0, 0],
  ...Array.from('manifest\0', (c) => c.charCodeAt(0)),
  ...[0, 0, 0, 0, 0, 0, 0, 0],
];

/** @returns the link; null when there is none */
export async function manifestLink(source: ByteSource, layout: Layout, signal: AbortSignal): Promise<string | null> {
  for (const { properties } of await xmpPackets(source, layout, signal)) {
    const link = properties.get(PROVENANCE)?.[0];
    if (link !== undefined && /^https?:\/\//.test(link)) return link;
  }
  return source.manifestLink();
}

/**
 * Reads the manifest store behind a link.
 * @param open opens an address that may be asked
 * @throws {BytesError} `not-public` for an address that a file may not have us ask; and as all reads do
 */
export async function remoteStore(
  link: string,
  open: (link: string) => ByteSource,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  if (!isPublicAddress(link)) throw new BytesError('not-public');
  const source = open(link);
  try {
    const store = await source.whole(MAX_JUMBF, signal, () => undefined);
    if (latin(store, 4, 8) !== 'jumb') throw new BytesError('not-media');
    return store.slice();
  } finally {
    source.close();
  }
}

/** The file with the store in a box at its end, which the signature leaves out: so the verifier finds it. */
export function withStore(file: Uint8Array, store: Uint8Array): Uint8Array<ArrayBuffer> {
  const size = 4 + BOX_HEAD.length + store.length;
  const joined = new Uint8Array(file.length + size);
  joined.set(file);
  new DataView(joined.buffer).setUint32(file.length, size);
  joined.set(BOX_HEAD, file.length + 4);
  joined.set(store, file.length + 4 + BOX_HEAD.length);
  return joined;
}
