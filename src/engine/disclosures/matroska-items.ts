/** Named texts of Matroska and WebM files: `Tags/Tag/SimpleTag` (RFC 9559). */
import { text } from '../bytes/bytes';
import type { ByteSource } from '../bytes/source';
import type { MetaItem } from './facts';

const ID = {
  segment: 0x18538067,
  seekHead: 0x114d9b74,
  seek: 0x4dbb,
  seekId: 0x53ab,
  seekPosition: 0x53ac,
  cluster: 0x1f43b675,
  tags: 0x1254c367,
  tag: 0x7373,
  simpleTag: 0x67c8,
  tagName: 0x45a3,
  tagString: 0x4487,
} as const;

const MAX_TAGS = 1024 * 1024;
const MAX_ELEMENTS = 200;

interface Element {
  id: number;
  body: number;
  end: number;
}

/** A variable-length number; `keepMarker` for ids. Length 0: there is none. */
function vint(bytes: Uint8Array, at: number, keepMarker: boolean): { value: number; length: number } {
  const first = bytes[at] ?? 0;
  const length = Math.clz32(first) - 23;
  if (length > 8 || at + length > bytes.length) return { value: 0, length: 0 };
  let value = keepMarker ? first : first & (0xff >> length);
  let ones = (first & (0xff >> length)) === 0xff >> length;
  for (let i = 1; i < length; i++) {
    value = value * 256 + (bytes[at + i] ?? 0);
    ones &&= bytes[at + i] === 0xff;
  }
  return { value: ones && !keepMarker ? Number.MAX_SAFE_INTEGER : value, length };
}

function elementAt(bytes: Uint8Array, at: number, offset: number): Element | null {
  const id = vint(bytes, at, true);
  const size = vint(bytes, at + id.length, false);
  if (id.length === 0 || size.length === 0) return null;
  const body = offset + at + id.length + size.length;
  return { id: id.value, body, end: Math.min(body + size.value, Number.MAX_SAFE_INTEGER) };
}

/** Elements inside bytes at hand. */
function elementsIn(bytes: Uint8Array): Element[] {
  const found: Element[] = [];
  for (let at = 0; at < bytes.length && found.length < 1_000;) {
    const element = elementAt(bytes, at, 0);
    if (element === null || element.end > bytes.length) break;
    found.push(element);
    at = element.end;
  }
  return found;
}

const number = (bytes: Uint8Array): number => bytes.reduce((sum, byte) => sum * 256 + byte, 0);

function simpleTags(bytes: Uint8Array, depth = 0): MetaItem[] {
  const children = elementsIn(bytes);
  const body = (e: Element): Uint8Array => bytes.subarray(e.body, e.end);
  const nested = depth > 8 ? [] : children.filter((e) => e.id === ID.tag || e.id === ID.simpleTag);
  const name = children.find((e) => e.id === ID.tagName);
  const value = children.find((e) => e.id === ID.tagString);
  const own =
    name === undefined || value === undefined
      ? []
      : [{ where: 'Tags/Tag/SimpleTag', key: text(body(name)), value: text(body(value)) }];
  return [...own, ...nested.flatMap((e) => simpleTags(body(e), depth + 1))];
}

/** Where a seek head says that the tags are, relative to the segment's body. */
function tagsPosition(bytes: Uint8Array): number | null {
  for (const seek of elementsIn(bytes).filter((e) => e.id === ID.seek)) {
    const entry = bytes.subarray(seek.body, seek.end);
    const parts = elementsIn(entry);
    const part = (id: number): number => {
      const found = parts.find((e) => e.id === id);
      return found === undefined ? -1 : number(entry.subarray(found.body, found.end));
    };
    if (part(ID.seekId) === ID.tags) return part(ID.seekPosition);
  }
  return null;
}

/** @throws {BytesError} when bytes can't be had */
export async function matroskaItems(source: ByteSource, signal: AbortSignal): Promise<MetaItem[]> {
  const read = async (at: number): Promise<Element | null> => elementAt(await source.read(at, at + 12, signal), 0, at);
  const tagsAt = async (e: Element): Promise<MetaItem[]> =>
    e.end - e.body > MAX_TAGS ? [] : simpleTags(await source.read(e.body, e.end, signal));
  const header = await read(0);
  const segment = header === null ? null : await read(header.end);
  if (segment?.id !== ID.segment) return [];
  let elsewhere: number | null = null;
  let at = segment.body;
  for (let i = 0; i < MAX_ELEMENTS && at < segment.end; i++) {
    const element = await read(at);
    if (element === null || element.id === ID.cluster) break;
    if (element.id === ID.tags) return await tagsAt(element);
    if (element.id === ID.seekHead)
      elsewhere = tagsPosition(await source.read(element.body, Math.min(element.end, element.body + 4096), signal));
    at = element.end;
  }
  const far = elsewhere === null || elsewhere < 0 ? null : await read(segment.body + elsewhere);
  return far?.id === ID.tags ? await tagsAt(far) : [];
}
