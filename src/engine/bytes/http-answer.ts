/** One HTTP answer, judged: what part of the file it holds, and how long the file is. */
import { BytesError } from './source';

export interface HttpAnswer {
  /** Offset of the body's first byte in the file. */
  start: number;
  /** Length of the whole file; null when the server doesn't say. */
  total: number | null;
  /** The server sends the file from its start, whatever was asked. */
  ignoresRange: boolean;
  contentType: string | null;
  body: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>;
}

function contentType(response: Response): string | null {
  return response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? null;
}

/** Length as the server states it; a compressed answer's length is that of other bytes. */
function statedLength(response: Response): number | null {
  if (response.headers.get('content-encoding') !== null) return null;
  const text = response.headers.get('content-length');
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/**
 * @param asked offset of the first byte that was asked for
 * @throws {BytesError} `http-error`, `zero-bytes`
 */
export function judgeAnswer(response: Response, asked: number): HttpAnswer {
  if (response.status === 416) throw new BytesError('zero-bytes', '416');
  if (!response.ok || response.body === null) throw new BytesError('http-error', String(response.status));
  const common = { contentType: contentType(response), body: response.body.getReader() };
  if (response.status === 206) {
    const range = /^bytes (\d{1,15})-\d{1,15}\/(?:(\d{1,15})|\*)$/.exec(response.headers.get('content-range') ?? '');
    if (range !== null && Number(range[1]) !== asked) throw new BytesError('http-error', 'wrong range');
    // Without Content-Range (a browser's cache may answer so) the body can only be the whole file.
    if (range !== null) {
      return { ...common, start: asked, total: range[2] === undefined ? null : Number(range[2]), ignoresRange: false };
    }
  }
  return { ...common, start: 0, total: statedLength(response), ignoresRange: true };
}
