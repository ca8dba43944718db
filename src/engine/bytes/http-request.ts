/** Requests for one address, within the limits of time; what they tell about the file is remembered. */
import { judgeAnswer } from './http-answer';
import type { HttpAnswer } from './http-answer';
import { within } from './limits';
import type { ReadLimits } from './limits';
import { BytesError } from './source';

type Piece = Uint8Array<ArrayBuffer>;

export interface OpenAnswer extends Pick<HttpAnswer, 'fromStart' | 'total' | 'version'> {
  /**
   * Takes pieces until `wanted` bytes or more have come; a piece holds only until the next one comes.
   * @returns true when the answer ended before that
   * @throws {BytesError} `timed-out`, `stopped`, `network`
   * @throws whatever `onPiece` throws
   */
  take(wanted: number, deadlineMs: number, signal: AbortSignal, onPiece: (piece: Piece) => void): Promise<boolean>;
  /** Ends the request. */
  cancel(): void;
}

/** What browsers throw at a connection that fails says no more than that. */
const asBytesError = (error: unknown): BytesError => (error instanceof BytesError ? error : new BytesError('network'));

type AskedRange = [start: number, end: number] | null;

export interface Requests {
  /** @returns null when the file ends before the range */
  ask(range: AskedRange, signal: AbortSignal): Promise<OpenAnswer | null>;
  total(): number | null;
  contentType(): string | null;
  manifestLink(): string | null;
  version(): string | null;
  bytesRead(): number;
}

export function requestsFor(url: string, init: RequestInit, limits: ReadLimits, fetchIt: typeof fetch): Requests {
  let total: number | null = null;
  let type: string | null = null;
  let link: string | null = null;
  /** Null once two answers were of different versions. */
  let version: string | null | undefined;
  let read = 0;

  const open = (answer: HttpAnswer, stop: AbortController): OpenAnswer => {
    /** Why it was given up: its body then ends as if the file did. */
    let failed: Error | null = null;
    const cancel = (): void => {
      answer.body.cancel();
      stop.abort();
    };
    const next = async (signal: AbortSignal): Promise<Piece | null> => {
      try {
        return await within(answer.body.next(), limits.idleMs, signal);
      } catch (error) {
        throw asBytesError(error);
      }
    };
    const take: OpenAnswer['take'] = async (wanted, deadlineMs, signal, onPiece) => {
      if (failed !== null) throw failed;
      const started = Date.now();
      try {
        for (let got = 0; got < wanted;) {
          const piece = await next(signal);
          if (piece === null) return true;
          got += piece.length;
          read += piece.length;
          onPiece(piece);
          if (Date.now() - started > deadlineMs) throw new BytesError('timed-out');
        }
        return false;
      } catch (error) {
        cancel();
        failed = error instanceof Error ? error : asBytesError(error);
        throw failed;
      }
    };
    return { ...answer, take, cancel };
  };

  const ask: Requests['ask'] = async (range, signal) => {
    const stop = new AbortController();
    const headers = range === null ? {} : { Range: `bytes=${String(range[0])}-${String(range[1] - 1)}` };
    let response: Response;
    try {
      response = await within(fetchIt(url, { ...init, headers, signal: stop.signal }), limits.headMs, signal);
    } catch (error) {
      stop.abort();
      throw asBytesError(error);
    }
    const answer = judgeAnswer(response, range);
    if (answer === null) return null;
    type = answer.contentType;
    link = answer.manifestLink;
    version = version === undefined || version === answer.version ? answer.version : null;
    if (answer.total !== null) total = answer.total;
    return open(answer, stop);
  };

  return {
    ask,
    total: () => total,
    contentType: () => type,
    manifestLink: () => link,
    version: () => version ?? null,
    bytesRead: () => read,
  };
}
