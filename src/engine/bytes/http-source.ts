/**
 * Bytes behind an address, by range requests. A server that ignores ranges is read from the start,
 * once, as far as needed.
 */
import { blockCache } from './block-cache';
import { fetchWithin } from './sent-on';
import { requestsFor } from './http-request';
import type { OpenAnswer } from './http-request';
import { httpStream } from './http-stream';
import type { HttpStream } from './http-stream';
import { READ_LIMITS } from './limits';
import type { ReadLimits } from './limits';
import { BytesError } from './source';
import type { ByteSource } from './source';
import { WHOLE_FILES, budget, streamRoom } from './stream-room';
import type { Budget, RoomLimits, StreamRoom } from './stream-room';

export interface HttpOptions {
  /** Whether the page itself loads this address with cookies. */
  credentials: 'include' | 'omit';
  /** `error`: whoever is asked may not send us elsewhere. */
  redirect?: RequestRedirect;
  /** A server that ignores ranges is refused, not read from the start. */
  rangesOnly?: boolean;
  limits?: ReadLimits;
  /** What may be kept of files whose server ignores ranges. */
  memory?: RoomLimits;
  /** What may be kept of whole files from servers that know ranges. */
  wholeFiles?: Budget;
  fetch?: typeof fetch;
}

/** Of servers that ignore ranges: for one file, and for all that are read at the same time. */
const MEMORY: RoomLimits = { most: 64 * 1024 * 1024, shared: budget(128 * 1024 * 1024) };
/** As far as a file is read from its start while only parts are wanted. */
const MAX_PASSED = 512 * 1024 * 1024;

export function httpSource(url: string, options: HttpOptions): ByteSource {
  const limits = options.limits ?? READ_LIMITS;
  const init: RequestInit = {
    credentials: options.credentials,
    referrerPolicy: 'no-referrer',
    redirect: options.redirect ?? 'follow',
  };
  const requests = requestsFor(url, init, limits, fetchWithin(options.fetch));
  const cache = blockCache();
  const memory = options.memory ?? MEMORY;
  /** A file that comes from its start, and what is kept of it. */
  let begun: { stream: HttpStream; room: StreamRoom } | null = null;
  /** The whole file, asked for before anyone reads it. */
  let early: { answer: Promise<OpenAnswer>; stop: AbortController } | null = null;

  const begin = (answer: OpenAnswer, room: StreamRoom): NonNullable<typeof begun> =>
    (begun = { stream: httpStream(requests, answer, limits, room), room });

  const checked = (limit: number): number | null => {
    const stated = requests.total();
    if (stated !== null && stated > limit) throw new BytesError('too-large');
    return stated;
  };

  const ask = async (signal: AbortSignal): Promise<OpenAnswer> => {
    const answer = await requests.ask(null, signal);
    if (answer === null) throw new BytesError('zero-bytes');
    return answer;
  };

  const all = async (signal: AbortSignal): Promise<OpenAnswer> => {
    const mine = early;
    early = null;
    try {
      if (mine !== null) return await mine.answer;
    } catch (error) {
      // Its time ran while this thread may have been at work and could not take the answer.
      if (!(error instanceof BytesError) || error.reason !== 'timed-out') throw error;
    }
    return await ask(signal);
  };

  const fromStream = async (
    { stream, room }: NonNullable<typeof begun>,
    start: number,
    end: number,
    signal: AbortSignal,
  ): Promise<Uint8Array<ArrayBuffer>> => {
    const until = Math.min(end, requests.total() ?? end);
    if (until > MAX_PASSED) throw new BytesError('too-large');
    await stream.upTo(start, until, signal);
    const bytes = room.slice(start, end);
    if (bytes === null) throw new BytesError('too-large'); // passed long ago
    return bytes;
  };

  const fetchRange = async (start: number, end: number, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> => {
    if (begun !== null) return await fromStream(begun, start, end, signal);
    const known = requests.total();
    if (known !== null && start >= known) return new Uint8Array(0);
    const answer = await requests.ask([start, Math.min(end, known ?? end)], signal);
    if (answer === null) return new Uint8Array(0);
    if (answer.fromStart && options.rangesOnly === true) {
      answer.cancel();
      throw new BytesError('network', 'no ranges');
    }
    if (answer.fromStart) return await fromStream(begin(answer, streamRoom(memory)), start, end, signal);
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    const wanted = Math.min(end, requests.total() ?? end) - start;
    const short = await answer.take(wanted, limits.rangeMs, signal, (piece) => {
      pieces.push(piece.slice());
    });
    answer.cancel(); // a server may send more than was asked for
    // Less than the server itself says there is: the answer broke off, the file doesn't end here.
    if (short && requests.total() !== null) throw new BytesError('network', 'short answer');
    return new Uint8Array(await new Blob(pieces).slice(0, end - start).arrayBuffer());
  };

  return {
    name: url,
    size: () => (begun?.stream.isDone() === true ? begun.stream.length() : requests.total()),
    bytesRead: requests.bytesRead,
    contentType: requests.contentType,
    manifestLink: requests.manifestLink,
    version: requests.version,
    read: async (start, end, signal) => {
      const bytes = await cache.read(start, end, (from, to) => fetchRange(from, to, signal));
      if (start === 0 && bytes.length === 0) throw new BytesError('zero-bytes');
      return bytes;
    },
    prefetch: async (start, end, signal) => {
      if (begun !== null) return; // all of it comes anyway, and may come slowly
      await cache.read(start, end, (from, to) => fetchRange(from, to, signal));
    },
    ahead: (limit, signal) => {
      const stated = requests.total();
      if (begun !== null || early !== null || stated === null || stated > limit) return;
      const stop = new AbortController();
      early = { answer: ask(AbortSignal.any([signal, stop.signal])), stop };
      early.answer.catch(() => undefined); // told to whoever reads
    },
    whole: async (limit, signal, onPiece) => {
      const most = begun === null ? limit : Math.min(limit, memory.most);
      const stated = checked(most);
      const { stream, room } =
        begun ?? begin(await all(signal), streamRoom({ most: Infinity, shared: options.wholeFiles ?? WHOLE_FILES }));
      if (stated !== null) room.expect(stated);
      for (const piece of room.pieces()) onPiece(piece, stream.length(), stated);
      await stream.toTheEnd(most, signal, (piece) => {
        if (!room.isWhole()) throw new BytesError('too-large');
        onPiece(piece, stream.length(), stated);
      });
      const bytes = room.all();
      if (bytes === null) throw new BytesError('too-large');
      return bytes;
    },
    pass: async (limit, signal, onPiece) => {
      const stated = checked(limit);
      const s = httpStream(requests, await all(signal), limits, null);
      await s.toTheEnd(limit, signal, (piece) => {
        onPiece(piece, s.length(), stated);
      });
    },
    close: () => {
      begun?.stream.cancel();
      early?.stop.abort();
      early?.answer.then(
        (answer) => {
          answer.cancel();
        },
        () => undefined,
      );
    },
  };
}
