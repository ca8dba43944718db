/** The `meta` box of ISO and QuickTime files, and the XML in it (ISO/IEC 14496-12, 8.11). */
import { boxesIn } from './boxes';
import type { Box } from './boxes';
import { latin, text, u16, u32, u64 } from './bytes';

/** A stretch of a file. */
export interface Extent {
  start: number;
  end: number;
}

const XMP_TYPE = 'application/rdf+xml';
/** Items of a box that are looked at. */
const MAX_ITEMS = 200;

/** Offset of the first box inside: `meta` is a full box in ISO files and a plain one in QuickTime, told by `hdlr`. */
const firstChild = (body: Uint8Array): number => (latin(body, 4, 8) === 'hdlr' ? 0 : 4);

/** Boxes inside a `meta` box, by their places in its body. */
export const metaChildren = (body: Uint8Array): Box[] => boxesIn(body.subarray(firstChild(body)), firstChild(body));

/** Ids of the items that an item info entry of version 2 or 3 calls XMP. */
function xmpItemIds(iinf: Uint8Array): Set<number> {
  const inside = iinf.subarray(iinf[0] === 0 ? 6 : 8);
  const ids = new Set<number>();
  for (const box of boxesIn(inside, 0, MAX_ITEMS)) {
    const entry = inside.subarray(box.body, box.end);
    const wide = entry[0] === 3;
    const type = wide ? 10 : 8;
    const [, contentType] = text(entry.subarray(type + 4)).split('\0', 2);
    if (latin(entry, type, type + 4) !== 'mime' || contentType !== XMP_TYPE) continue;
    ids.add(wide ? u32(entry, 4) : u16(entry, 4));
  }
  return ids;
}

interface Located extends Extent {
  id: number;
  /** 0: counted from the file's start; 1: from the start of `idat`. */
  method: number;
}

/** What an item location box says of items in one piece. */
function locations(iloc: Uint8Array): Located[] {
  const version = iloc[0] ?? 0;
  const sizes = u16(iloc, 4);
  let at = 6;
  const number = (bytes: number): number => {
    at += bytes;
    if (bytes === 8) return u64(iloc, at - 8);
    return bytes === 4 ? u32(iloc, at - 4) : bytes === 2 ? u16(iloc, at - 2) : 0;
  };
  const count = Math.min(number(version < 2 ? 2 : 4), MAX_ITEMS);
  const found: Located[] = [];
  for (let i = 0; i < count && at < iloc.length; i++) {
    const id = number(version < 2 ? 2 : 4);
    const method = version === 0 ? 0 : number(2) & 15;
    const elsewhere = number(2) !== 0; // in a file of another name
    const base = number((sizes >> 4) & 15);
    const extents = Math.min(number(2), MAX_ITEMS);
    for (let e = 0; e < extents; e++) {
      if (version > 0) number(sizes & 15);
      const start = base + number(sizes >> 12);
      const end = start + number((sizes >> 8) & 15);
      if (extents === 1 && !elsewhere) found.push({ id, method, start, end });
    }
  }
  return found;
}

/**
 * Where a `meta` box keeps XML that may be XMP: in its `xml ` box, or as an item.
 * @param body of the `meta` box
 * @param offset of the body in the file
 */
export function xmlExtents(body: Uint8Array, offset: number): Extent[] {
  const boxes = metaChildren(body);
  const one = (type: string): Box | undefined => boxes.find((b) => b.type === type);
  const part = (box: Box | undefined): Uint8Array => body.subarray(box?.body ?? 0, box?.end ?? 0);
  const xml = boxes.filter((b) => b.type === 'xml ').map((b) => ({ start: offset + b.body + 4, end: offset + b.end }));
  const ids = xmpItemIds(part(one('iinf')));
  const data = offset + (one('idat')?.body ?? 0);
  const items = locations(part(one('iloc')))
    .filter(({ id, method }) => ids.has(id) && method <= 1)
    .map(({ method, start, end }) => (method === 1 ? { start: data + start, end: data + end } : { start, end }));
  return [...xml, ...items];
}
