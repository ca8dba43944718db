/** How long bytes may take. Times in milliseconds; tests hand in shorter ones. */
import { BytesError } from './source';

export interface ReadLimits {
  /** Until the answer's head is there. */
  headMs: number;
  /** Between two pieces of an answer. */
  idleMs: number;
  /** For a ranged read as a whole. */
  rangeMs: number;
  /** For a file that is read from its start: this, and what has come at `slowestBytesPerMs`. */
  wholeMs: number;
  slowestBytesPerMs: number;
}

export const READ_LIMITS: ReadLimits = {
  headMs: 8_000,
  idleMs: 8_000,
  rangeMs: 12_000,
  wholeMs: 10_000,
  slowestBytesPerMs: 16,
};

/**
 * Waits for a promise no longer than `ms`, and no longer than the signal lets it.
 * @throws {BytesError} `timed-out` or `stopped`
 */
export async function within<T>(work: Promise<T>, ms: number, signal: AbortSignal): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let onAbort: () => void = () => undefined;
  const ended = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new BytesError('timed-out'));
    }, ms);
    onAbort = () => {
      reject(new BytesError('stopped'));
    };
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
  });
  try {
    return await Promise.race([work, ended]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}

/** @throws {BytesError} `stopped` */
export const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  within(new Promise((done) => setTimeout(done, ms)), ms + 1_000, signal);
