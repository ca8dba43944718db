/** A link to a manifest that is kept elsewhere: XMP `dcterms:provenance`. It is shown, never followed. */
import type { Layout } from '../bytes/layout';
import type { ByteSource } from '../bytes/source';
import { xmpPackets } from '../bytes/xmp-packets';

const PROVENANCE = '{http://purl.org/dc/terms/}provenance';

/** @returns the link; null when the file has none */
export async function provenanceLink(source: ByteSource, layout: Layout, signal: AbortSignal): Promise<string | null> {
  for (const { properties } of await xmpPackets(source, layout, signal)) {
    const link = properties.get(PROVENANCE)?.[0];
    if (link !== undefined && /^https?:\/\//.test(link)) return link;
  }
  return null;
}
