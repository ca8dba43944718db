/** One HTTP answer, judged: what part of the file it holds, and how long the file is. */
import { bodyReader } from './body-reader';
import type { BodyReader } from './body-reader';
import { BytesError } from './source';

export interface HttpAnswer {
  /** Length of the whole file; null when the server doesn't say. */
  total: number | null;
  /** The server sends the file from its start, whatever was asked. */
  fromStart: boolean;
  contentType: string | null;
  manifestLink: string | null;
  /** Stands for these very bytes, and for no others (RFC 9110, 8.8); null when the server names nothing of the kind. */
  version: string | null;
  body: BodyReader;
}

function contentType(response: Response): string | null {
  return response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? null;
}

/** Where the server says that the manifest is kept (`Link`, RFC 8288). */
function manifestLink(response: Response): string | null {
  const header = (response.headers.get('link') ?? '').slice(0, 8_192);
  for (const [, target = '', parameters = ''] of header.matchAll(/<([^<>]*)>([^,<]*)/g)) {
    const isManifest = /;\s*rel\s*=\s*(?:c2pa-manifest\b|"(?:[^"]*\s)?c2pa-manifest[\s"])/i.test(parameters);
    const base = response.url === '' ? undefined : response.url;
    if (isManifest && URL.canParse(target, base)) return new URL(target, base).href;
  }
  return null;
}

/** A weak tag may stand for other bytes that mean the same; then a date is better. */
function versionOf({ headers }: Response): string | null {
  const tag = headers.get('etag');
  return tag?.startsWith('"') === true ? tag : headers.get('last-modified');
}

const isCompressed = ({ headers }: Response): boolean => headers.get('content-encoding') !== null;

/** Length as the server states it; a compressed answer's length is that of other bytes. */
function statedLength(response: Response): number | null {
  if (isCompressed(response)) return null;
  const text = response.headers.get('content-length');
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/** Offset of the first byte and length of the file, of a 206; null when the server doesn't say. */
function statedRange(response: Response): { start: number; total: number | null } | null {
  const header = response.headers.get('content-range') ?? '';
  const range = /^bytes (\d{1,15})-\d{1,15}\/(?:(\d{1,15})|\*)$/.exec(header);
  return range === null ? null : { start: Number(range[1]), total: range[2] === undefined ? null : Number(range[2]) };
}

/** Most that a compressed answer may unpack to: a small one may be huge, and browsers unpack ahead of who reads. */
const MAX_UNPACKED = 64 * 1024 * 1024;

/** @throws {BytesError} `too-large` from `next` once more than `most` bytes have come */
function upTo(most: number, body: BodyReader): BodyReader {
  let left = most;
  return {
    ...body,
    next: async () => {
      const piece = await body.next();
      left -= piece?.length ?? 0;
      if (left < 0) throw new BytesError('too-large');
      return piece;
    },
  };
}

/** Pieces of this size cost few turns and little memory. */
const ROOM_BYTES = 1024 * 1024;

/**
 * @param asked what was asked for: from the first byte up to before the last; null for the whole file
 * @returns null when the file ends before that
 * @throws {BytesError} `http-error`, `zero-bytes`
 */
export function judgeAnswer(response: Response, asked: [start: number, end: number] | null): HttpAnswer | null {
  const start = asked?.[0] ?? 0;
  const refuse = (error: BytesError | null): null => {
    void response.body?.cancel().catch(() => undefined);
    if (error !== null) throw error;
    return null;
  };
  if (response.status === 416) return refuse(start > 0 ? null : new BytesError('zero-bytes'));
  if (!response.ok || response.body === null) return refuse(new BytesError('http-error', String(response.status)));
  // A 206 without Content-Range (a browser's cache may answer so) can only be the whole file.
  const range = response.status === 206 ? statedRange(response) : null;
  if (range !== null && range.start !== start && range.start !== 0) {
    return refuse(new BytesError('http-error', 'wrong range'));
  }
  const body = bodyReader(response.body, asked === null ? ROOM_BYTES : Math.min(asked[1] - start, ROOM_BYTES));
  return {
    total: range === null ? statedLength(response) : range.total,
    fromStart: asked === null || range === null || range.start !== start,
    contentType: contentType(response),
    manifestLink: manifestLink(response),
    version: versionOf(response),
    body: isCompressed(response) ? upTo(MAX_UNPACKED, body) : body,
  };
}
