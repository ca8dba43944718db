/** What the readers look at: named texts of a file, its XMP packets, its SEI messages. */
import type { XmpPacket } from '../bytes/xmp-packets';

/** A named text. */
export interface MetaItem {
  /** Place in the file, for people: `moov/udta/meta/ilst`. */
  where: string;
  /** Name of the field: a key, a box type or a tag name; '' when the file gives none. */
  key: string;
  value: string;
}

/** H.264 SEI user_data_unregistered. */
export interface SeiMessage {
  /** Hex without dashes. */
  uuid: string;
  payload: Uint8Array;
}

export interface FileFacts {
  items: MetaItem[];
  xmp: XmpPacket[];
  sei: SeiMessage[];
}

/** Parses JSON that anybody may have written. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
