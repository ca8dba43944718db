/** Named texts of FLV files: `onMetaData` (Adobe Flash Video File Format 10.1, annex E; AMF 0). */
import { text, u16, u32 } from '../bytes/bytes';
import type { ByteSource } from '../bytes/source';
import type { MetaItem } from './facts';

const SCRIPT = 18;
const TAG_HEADER = 11;
const MAX_TAGS = 4;
const MAX_SCRIPT = 256 * 1024;
const MAX_DEPTH = 8;

const AMF = { number: 0, boolean: 1, string: 2, object: 3, ecmaArray: 8, strictArray: 10, date: 11, longString: 12 };
/** Bytes behind the marker, of values that are skipped. */
const FIXED: Record<number, number> = { [AMF.number]: 8, [AMF.boolean]: 1, 5: 0, 6: 0, 7: 2, [AMF.date]: 10 };

/** Reads values one behind the other; ends where something can't be read. */
class AmfReader {
  readonly bytes: Uint8Array;
  at = 0;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  private string(length: number, header: number): string {
    const start = this.at + header;
    this.at = start + length;
    return text(this.bytes.subarray(start, this.at));
  }

  private end(): null {
    this.at = this.bytes.length;
    return null;
  }

  /** A value that is a text; null for all others, which are skipped. */
  value(depth = 0): string | null {
    const marker = this.bytes[this.at++] ?? -1;
    if (marker === AMF.string) return this.string(u16(this.bytes, this.at), 2);
    if (marker === AMF.longString) return this.string(u32(this.bytes, this.at), 4);
    const fixed = FIXED[marker];
    if (fixed !== undefined) this.at += fixed;
    else if (depth > MAX_DEPTH) return this.end();
    else if (marker === AMF.object || marker === AMF.ecmaArray) this.pairs(marker, depth + 1);
    else if (marker === AMF.strictArray) {
      const count = u32(this.bytes, this.at);
      this.at += 4;
      for (let i = 0; i < count && this.at < this.bytes.length; i++) this.value(depth + 1);
    } else return this.end();
    return null;
  }

  /** Names and texts of an object whose marker was read; nested ones are skipped. */
  pairs(marker: number, depth = 0): [name: string, value: string][] {
    if (marker === AMF.ecmaArray) this.at += 4;
    const found: [string, string][] = [];
    while (this.at + 3 <= this.bytes.length) {
      const name = this.string(u16(this.bytes, this.at), 2);
      if (name === '' && this.bytes[this.at] === 9) {
        this.at++;
        break;
      }
      const value = this.value(depth);
      if (value !== null) found.push([name, value]);
    }
    return found;
  }
}

function metaData(script: Uint8Array): MetaItem[] {
  const reader = new AmfReader(script);
  if (reader.value() !== 'onMetaData') return [];
  const marker = script[reader.at++] ?? -1;
  if (marker !== AMF.object && marker !== AMF.ecmaArray) return [];
  return reader.pairs(marker).map(([key, value]) => ({ where: 'onMetaData', key, value }));
}

/** @throws {BytesError} when bytes can't be had */
export async function flvItems(source: ByteSource, signal: AbortSignal): Promise<MetaItem[]> {
  const header = await source.read(0, 9, signal);
  let at = u32(header, 5) + 4; // behind the header and the length of no tag
  for (let i = 0; i < MAX_TAGS; i++) {
    const tag = await source.read(at, at + TAG_HEADER, signal);
    const size = u32(tag, 0) & 0xffffff;
    if (tag.length < TAG_HEADER) break;
    const body = at + TAG_HEADER;
    if (((tag[0] ?? 0) & 0x1f) === SCRIPT && size <= MAX_SCRIPT)
      return metaData(await source.read(body, body + size, signal));
    at = body + size + 4;
  }
  return [];
}
