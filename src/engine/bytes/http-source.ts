/**
 * Bytes behind an address, by range requests. A server that ignores ranges is read from the start,
 * once, as far as needed.
 */
import { BLOCK, blockCache } from './block-cache';
import { judgeAnswer } from './http-answer';
import type { HttpAnswer } from './http-answer';
import { READ_LIMITS, within } from './limits';
import type { ReadLimits } from './limits';
import { BytesError } from './source';
import type { ByteSource } from './source';

export interface HttpOptions {
  /** Whether the page itself loads this address with cookies. */
  credentials: 'include' | 'omit';
  limits?: ReadLimits;
  fetch?: typeof fetch;
}

/** Most that is kept of a server that ignores ranges while only parts are wanted. */
const MAX_KEPT = 512 * 1024 * 1024;

export function httpSource(url: string, options: HttpOptions): ByteSource {
  const limits = options.limits ?? READ_LIMITS;
  const fetchIt = options.fetch ?? fetch.bind(globalThis);
  const cache = blockCache();
  let total: number | null = null;
  let type: string | null = null;
  let read = 0;
  /** Set once a server is found to ignore ranges: its one answer, and what came of it. */
  let stream: { answer: HttpAnswer; chunks: Uint8Array<ArrayBuffer>[]; length: number; done: boolean } | null = null;

  const request = async (range: [number, number] | null, signal: AbortSignal, stop: AbortController): Promise<HttpAnswer> => {
    const ask = fetchIt(url, {
      credentials: options.credentials,
      referrerPolicy: 'no-referrer',
      signal: stop.signal,
      ...(range === null ? {} : { headers: { Range: `bytes=${String(range[0])}-${String(range[1] - 1)}` } }),
    });
    let response: Response;
    try {
      response = await within(ask, limits.headMs, signal);
    } catch (error) {
      stop.abort();
      throw error instanceof BytesError ? error : new BytesError('network');
    }
    const answer = judgeAnswer(response, range?.[0] ?? 0);
    type = answer.contentType;
    if (answer.total !== null) total = answer.total;
    return answer;
  };

  /** The next piece of an answer; null at its end. */
  const next = async (answer: HttpAnswer, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer> | null> => {
    try {
      const { done, value } = await within(answer.body.read(), limits.idleMs, signal);
      if (done) return null;
      read += value.length;
      return value;
    } catch (error) {
      void answer.body.cancel().catch(() => undefined);
      throw error instanceof BytesError ? error : new BytesError('network');
    }
  };

  const takeUntil = async (
    answer: HttpAnswer,
    wanted: number,
    signal: AbortSignal,
    deadlineMs: number,
    onPiece: (piece: Uint8Array<ArrayBuffer>) => void,
  ): Promise<boolean> => {
    const started = Date.now();
    let got = 0;
    while (got < wanted) {
      const piece = await next(answer, signal);
      if (piece === null) return true;
      got += piece.length;
      onPiece(piece);
      if (Date.now() - started > deadlineMs) {
        void answer.body.cancel().catch(() => undefined);
        throw new BytesError('timed-out');
      }
    }
    return false;
  };

  const growStream = async (until: number, signal: AbortSignal, deadlineMs: number): Promise<void> => {
    const s = stream;
    if (s === null || s.done || s.length >= until) return;
    if (until > MAX_KEPT) throw new BytesError('too-large');
    s.done = await takeUntil(s.answer, until - s.length, signal, deadlineMs, (piece) => {
      s.chunks.push(piece);
      s.length += piece.length;
    });
    if (s.done) total = s.length;
  };

  const sliceStream = async (start: number, end: number): Promise<Uint8Array<ArrayBuffer>> =>
    new Uint8Array(await new Blob(stream?.chunks ?? []).slice(start, end).arrayBuffer());

  const fetchRange = async (start: number, end: number, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> => {
    if (stream === null) {
      if (total !== null && start >= total) return new Uint8Array(0);
      const stop = new AbortController();
      const answer = await request([start, total === null ? end : Math.min(end, total)], signal, stop);
      if (!answer.ignoresRange) {
        const pieces: Uint8Array<ArrayBuffer>[] = [];
        const wanted = Math.min(end, total ?? end) - start;
        await takeUntil(answer, wanted, signal, limits.rangeMs, (piece) => pieces.push(piece));
        stop.abort(); // a server may send more than was asked for
        return new Uint8Array(await new Blob(pieces).slice(0, end - start).arrayBuffer());
      }
      stream = { answer, chunks: [], length: 0, done: false };
    }
    await growStream(end, signal, Math.max(limits.rangeMs, end / limits.slowestBytesPerMs));
    return await sliceStream(start, end);
  };

  return {
    name: url,
    size: () => total,
    bytesRead: () => read,
    contentType: () => type,
    read: async (start, end, signal) => {
      const bytes = await cache.read(start, end, (from, to) => fetchRange(from, to, signal));
      if (start === 0 && bytes.length === 0) throw new BytesError('zero-bytes');
      return bytes;
    },
    whole: async (limit, signal, onProgress) => {
      const known = total;
      if (known !== null && known > limit) throw new BytesError('too-large');
      if (stream === null) {
        const stop = new AbortController();
        stream = { answer: await request(null, signal, stop), chunks: [], length: 0, done: false };
      }
      const s = stream;
      const deadline = limits.wholeMs + (known ?? limit) / limits.slowestBytesPerMs;
      const started = Date.now();
      while (!s.done) {
        await growStream(s.length + BLOCK, signal, limits.idleMs);
        if (s.length > limit) throw new BytesError('too-large');
        if (Date.now() - started > deadline) throw new BytesError('timed-out');
        onProgress(s.length, known);
      }
      if (s.length === 0) throw new BytesError('zero-bytes');
      return new Blob(s.chunks);
    },
  };
}
