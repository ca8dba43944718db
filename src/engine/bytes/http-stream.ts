/** A file that comes from its start, in one answer; where that breaks off, in further ones. */
import { BLOCK } from './block-cache';
import type { OpenAnswer, Requests } from './http-request';
import { pause } from './limits';
import type { ReadLimits } from './limits';
import { BytesError } from './source';
import type { StreamRoom } from './stream-room';

type Bytes = Uint8Array<ArrayBuffer>;
type OnBytes = (piece: Bytes) => void;

export interface HttpStream {
  /** Bytes that have come. */
  length(): number;
  /** The last of them is the file's last one. */
  isDone(): boolean;
  /**
   * Reads on until `end` bytes have come, or the file ends; one caller after the other.
   * @param start where the bytes begin that are wanted; what is in front of them may be passed
   * @throws {BytesError}
   */
  upTo(start: number, end: number, signal: AbortSignal): Promise<void>;
  /**
   * Reads to the end.
   * @param limit bytes; a longer file throws `too-large`
   * @throws {BytesError}
   */
  toTheEnd(limit: number, signal: AbortSignal, onPiece: OnBytes): Promise<void>;
  cancel(): void;
}

/** How often the rest of a file that breaks off is asked for, and how long after. */
const RESUMES = 2;
const RESUME_AFTER_MS = 300;

/**
 * @param first answer, which begins with the file's first byte
 * @param room takes what comes; null: nothing is kept
 */
export function httpStream(
  requests: Requests,
  first: OpenAnswer,
  limits: ReadLimits,
  room: StreamRoom | null,
): HttpStream {
  let startedMs = Date.now();
  /** When the last read ended. */
  let restedMs = startedMs;
  let answer = first;
  let length = 0;
  let done = false;
  let turn: Promise<unknown> = Promise.resolve();

  const add = (piece: Bytes): void => {
    room?.add(piece);
    length += piece.length;
  };

  /** When it is too late: it may take its time to begin, then it has to keep up a slow pace. */
  const lateMs = (until: number): number => startedMs + limits.wholeMs + until / limits.slowestBytesPerMs - Date.now();

  const grow = async (until: number, signal: AbortSignal, onPiece: OnBytes): Promise<void> => {
    if (done || length >= until) return;
    const ended = await answer.take(until - length, lateMs(until), signal, (piece) => {
      add(piece);
      onPiece(piece);
    });
    // The answer ended, and the server itself has promised more.
    if (ended && length < (answer.total ?? 0)) throw new BytesError('network', 'short answer');
    done = ended;
  };

  /** Goes on behind a break, where the server has the rest of the very same file. */
  const resume = async (signal: AbortSignal): Promise<boolean> => {
    const { total, version } = answer;
    if (total === null || version === null || length >= total) return false;
    await pause(RESUME_AFTER_MS, signal);
    const next = await requests.ask([length, total], signal);
    if (next === null) return false;
    if (next.fromStart || next.total !== total || next.version !== version) {
      next.cancel();
      return false;
    }
    answer = next;
    return true;
  };

  const growOrResume = async (until: number, signal: AbortSignal, onPiece: OnBytes): Promise<void> => {
    for (let left = RESUMES; ; left--) {
      try {
        await grow(until, signal, onPiece);
        return;
      } catch (error) {
        const isBreak = error instanceof BytesError && error.reason === 'network';
        if (!isBreak || left === 0 || !(await resume(signal).catch(() => false))) throw error;
      }
    }
  };

  /** Time in which nobody reads is not the server's: the verifier may take long to start. */
  const timed = async (read: () => Promise<void>): Promise<void> => {
    startedMs += Date.now() - restedMs;
    await read().finally(() => {
      restedMs = Date.now();
    });
  };

  const inTurn = (until: number, signal: AbortSignal, onPiece: OnBytes): Promise<void> => {
    const mine = turn.then(() => timed(() => growOrResume(until, signal, onPiece)));
    turn = mine.catch(() => undefined);
    return mine;
  };

  return {
    length: () => length,
    isDone: () => done,
    upTo: (start, end, signal) => {
      room?.want(start, end);
      return inTurn(end, signal, () => undefined);
    },
    toTheEnd: async (limit, signal, onPiece) => {
      while (!done) {
        await inTurn(length + BLOCK, signal, onPiece);
        if (length > limit) {
          answer.cancel();
          throw new BytesError('too-large');
        }
      }
      if (length === 0) throw new BytesError('zero-bytes');
    },
    cancel: () => {
      answer.cancel();
      room?.close();
    },
  };
}
