/**
 * Bytes behind an address, by range requests. A server that ignores ranges is read from the start,
 * once, as far as needed.
 */
import { BLOCK, blockCache } from './block-cache';
import { requestsFor } from './http-request';
import type { OpenAnswer } from './http-request';
import { READ_LIMITS } from './limits';
import type { ReadLimits } from './limits';
import { BytesError } from './source';
import type { ByteSource } from './source';

export interface HttpOptions {
  /** Whether the page itself loads this address with cookies. */
  credentials: 'include' | 'omit';
  /** `error`: whoever is asked may not send us elsewhere. */
  redirect?: RequestRedirect;
  /** A server that ignores ranges is refused, not read from the start. */
  rangesOnly?: boolean;
  limits?: ReadLimits;
  fetch?: typeof fetch;
}

/** Most that is kept of a server that ignores ranges while only parts are wanted. */
const MAX_KEPT = 512 * 1024 * 1024;

/** A stream begins with room for this many bytes. */
const FIRST_ROOM = 1024 * 1024;

/** The file from its start, as far as it has come. */
interface Stream {
  answer: OpenAnswer;
  /** Room for what comes; filled up to `length`. Not a Blob: Chromium makes writers of many large ones wait. */
  room: Uint8Array<ArrayBuffer>;
  length: number;
  done: boolean;
  startedMs: number;
}

/** Makes room for `size` bytes in all. */
function makeRoom(s: Stream, size: number): void {
  if (size <= s.room.length) return;
  const larger = new Uint8Array(size);
  larger.set(s.room.subarray(0, s.length));
  s.room = larger;
}

function add(s: Stream, piece: Uint8Array<ArrayBuffer>): void {
  const length = s.length + piece.length;
  if (length > s.room.length) makeRoom(s, Math.max(length, s.room.length * 2));
  s.room.set(piece, s.length);
  s.length = length;
}

export function httpSource(url: string, options: HttpOptions): ByteSource {
  const limits = options.limits ?? READ_LIMITS;
  const init: RequestInit = {
    credentials: options.credentials,
    referrerPolicy: 'no-referrer',
    redirect: options.redirect ?? 'follow',
  };
  const requests = requestsFor(url, init, limits, options.fetch ?? fetch.bind(globalThis));
  const cache = blockCache();
  let stream: Stream | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  const total = (): number | null => (stream?.done === true ? stream.length : requests.total());

  const streamOf = (answer: OpenAnswer): Stream => ({
    answer,
    room: new Uint8Array(FIRST_ROOM),
    length: 0,
    done: false,
    startedMs: Date.now(),
  });
  const begin = (answer: OpenAnswer): Stream => (stream = streamOf(answer));

  /** When a stream is too late: it may take its time to begin, then it has to keep up a slow pace. */
  const lateMs = (s: Stream, until: number): number =>
    s.startedMs + limits.wholeMs + until / limits.slowestBytesPerMs - Date.now();

  /** Reads on until the stream has `until` bytes; one caller after the other. */
  const grow = (s: Stream, until: number, signal: AbortSignal, sink = add): Promise<void> => {
    const mine = turn.then(async () => {
      if (s.done || s.length >= until) return;
      s.done = await s.answer.take(until - s.length, lateMs(s, until), signal, (piece) => {
        sink(s, piece);
      });
    });
    turn = mine.catch(() => undefined);
    return mine;
  };

  const toTheEnd = async (s: Stream, limit: number, signal: AbortSignal, sink: typeof add): Promise<void> => {
    while (!s.done) {
      await grow(s, s.length + BLOCK, signal, sink);
      if (s.length > limit) {
        s.answer.cancel();
        throw new BytesError('too-large');
      }
    }
    if (s.length === 0) throw new BytesError('zero-bytes');
  };

  const checked = (limit: number): number | null => {
    const stated = requests.total();
    if (stated !== null && stated > limit) throw new BytesError('too-large');
    return stated;
  };

  const fromStream = async (
    s: Stream,
    start: number,
    end: number,
    signal: AbortSignal,
  ): Promise<Uint8Array<ArrayBuffer>> => {
    const stated = requests.total();
    const until = stated === null ? end : Math.min(end, stated);
    if (until > MAX_KEPT) throw new BytesError('too-large');
    await grow(s, until, signal);
    return s.room.slice(start, Math.min(end, s.length));
  };

  const fetchRange = async (start: number, end: number, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> => {
    if (stream !== null) return await fromStream(stream, start, end, signal);
    const known = requests.total();
    if (known !== null && start >= known) return new Uint8Array(0);
    const answer = await requests.ask([start, known === null ? end : Math.min(end, known)], signal);
    if (answer === null) return new Uint8Array(0);
    if (answer.fromStart && options.rangesOnly === true) {
      answer.cancel();
      throw new BytesError('network', 'no ranges');
    }
    if (answer.fromStart) return await fromStream(begin(answer), start, end, signal);
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    const wanted = Math.min(end, requests.total() ?? end) - start;
    const short = await answer.take(wanted, limits.rangeMs, signal, (piece) => pieces.push(piece));
    answer.cancel(); // a server may send more than was asked for
    // Less than the server itself says there is: the answer broke off, the file doesn't end here.
    if (short && requests.total() !== null) throw new BytesError('network', 'short answer');
    return new Uint8Array(await new Blob(pieces).slice(0, end - start).arrayBuffer());
  };

  return {
    name: url,
    size: total,
    bytesRead: requests.bytesRead,
    contentType: requests.contentType,
    manifestLink: requests.manifestLink,
    read: async (start, end, signal) => {
      const bytes = await cache.read(start, end, (from, to) => fetchRange(from, to, signal));
      if (start === 0 && bytes.length === 0) throw new BytesError('zero-bytes');
      return bytes;
    },
    whole: async (limit, signal, onPiece) => {
      const stated = checked(limit);
      const answer = stream === null ? await requests.ask(null, signal) : null;
      const s = answer === null ? stream : begin(answer);
      if (s === null) throw new BytesError('zero-bytes');
      if (stated !== null) makeRoom(s, stated);
      if (s.length > 0) onPiece(s.room.subarray(0, s.length), s.length, stated);
      await toTheEnd(s, limit, signal, (_, piece) => {
        add(s, piece);
        onPiece(piece, s.length, stated);
      });
      return s.room.subarray(0, s.length);
    },
    pass: async (limit, signal, onPiece) => {
      const stated = checked(limit);
      const answer = await requests.ask(null, signal);
      if (answer === null) throw new BytesError('zero-bytes');
      await toTheEnd(streamOf(answer), limit, signal, (s, piece) => {
        s.length += piece.length;
        onPiece(piece, s.length, stated);
      });
    },
    close: () => {
      stream?.answer.cancel();
    },
  };
}
