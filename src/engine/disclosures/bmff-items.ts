/** Named texts of ISO BMFF and QuickTime files: `moov/udta`, `moov/meta`, their `keys` and `ilst`. */
import { boxesIn } from '../bytes/boxes';
import type { Box } from '../bytes/boxes';
import { text, u16, u32 } from '../bytes/bytes';
import type { Layout } from '../bytes/layout';
import { metaChildren } from '../bytes/meta-box';
import { moovChildren } from '../bytes/moov';
import type { ByteSource } from '../bytes/source';
import type { MetaItem } from './facts';

/** Bytes of metadata that are looked at, all boxes together. */
const MAX_BYTES = 1024 * 1024;

/** Names of a `keys` box, by index from 1. */
function keyNames(body: Uint8Array): string[] {
  const names = [''];
  const count = Math.min(u32(body, 4), 1_000);
  let at = 8;
  for (let i = 0; i < count && at + 8 <= body.length; i++) {
    const size = u32(body, at);
    if (size < 8) break;
    names.push(text(body.subarray(at + 8, at + size)));
    at += size;
  }
  return names;
}

/** Text of an `ilst` item: its `data` box, after 8 bytes of type and locale. */
function itemText(body: Uint8Array): string | null {
  const data = boxesIn(body, 0).find((b) => b.type === 'data');
  return data === undefined ? null : text(body.subarray(data.body + 8, data.end));
}

function ilstItems(meta: Uint8Array, where: string): MetaItem[] {
  const boxes = metaChildren(meta);
  const body = (box: Box): Uint8Array => meta.subarray(box.body, box.end);
  const keys = boxes.find((b) => b.type === 'keys');
  const names = keys === undefined ? [] : keyNames(body(keys));
  const ilst = boxes.find((b) => b.type === 'ilst');
  if (ilst === undefined) return [];
  const items = body(ilst);
  return boxesIn(items, 0).flatMap((item) => {
    const own = items.subarray(item.body, item.end);
    const value = itemText(own);
    const index = u32(items, item.start + 4);
    const key = names[index] ?? (item.type === '----' ? '' : item.type);
    return value === null ? [] : [{ where: `${where}/ilst`, key, value }];
  });
}

/** QuickTime's international text: 2 bytes length, 2 bytes language. Others: the text itself. */
function udtaText(body: Uint8Array): string {
  return u16(body, 0) === body.length - 4 ? text(body.subarray(4)) : text(body);
}

function udtaItems(udta: Uint8Array): MetaItem[] {
  return boxesIn(udta, 0).flatMap((box) => {
    const body = udta.subarray(box.body, box.end);
    if (box.type === 'meta') return ilstItems(body, 'moov/udta/meta');
    if (box.type === 'AIGC' || box.type.startsWith('©')) {
      return [{ where: `moov/udta/${box.type}`, key: box.type, value: udtaText(body) }];
    }
    return [];
  });
}

/** @throws {BytesError} when bytes can't be had */
export async function bmffItems(source: ByteSource, layout: Layout, signal: AbortSignal): Promise<MetaItem[]> {
  const items: MetaItem[] = [];
  let left = MAX_BYTES;
  for (const box of await moovChildren(source, layout, signal)) {
    if ((box.type !== 'udta' && box.type !== 'meta') || box.end - box.body > left) continue;
    left -= box.end - box.body;
    const body = await source.read(box.body, box.end, signal);
    items.push(...(box.type === 'udta' ? udtaItems(body) : ilstItems(body, 'moov/meta')));
  }
  return items;
}
