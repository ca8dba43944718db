/** Named texts of AVI files: chunks of `LIST/INFO`. */
import { latin, text } from '../bytes/bytes';
import type { Layout } from '../bytes/layout';
import type { ByteSource } from '../bytes/source';
import type { MetaItem } from './facts';

/** Bytes of lists that are looked at, and texts that are taken, all lists together. */
const MAX_BYTES = 256 * 1024;
const MAX_ITEMS = 1_000;

export async function riffItems(source: ByteSource, layout: Layout, signal: AbortSignal): Promise<MetaItem[]> {
  const items: MetaItem[] = [];
  let left = MAX_BYTES;
  for (const list of layout.boxes.filter((b) => b.type === 'LIST' && b.uuid === 'INFO')) {
    if (list.end - list.body > left) continue;
    left -= list.end - list.body;
    const bytes = await source.read(list.body + 4, list.end, signal);
    for (let at = 0; at + 8 <= bytes.length && items.length < MAX_ITEMS;) {
      const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(at + 4, true);
      const [value = ''] = text(bytes.subarray(at + 8, at + 8 + size)).split('\0', 1);
      items.push({ where: 'LIST/INFO', key: latin(bytes, at, at + 4), value });
      at += 8 + size + (size & 1);
    }
  }
  return items;
}
