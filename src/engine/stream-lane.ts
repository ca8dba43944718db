/** The credentials of a stream: its pieces one after the other, each through the bytes worker. */
import type { Credentials } from '../contract/label';
import { emptyCredentials } from '../contract/lanes';
import type { StreamPiece } from '../contract/messages';
import { joinPiece, whileLate } from './credentials/join';
import type { PieceFacts } from './credentials/join';
import type { WorkerSlot } from './worker/slot';

/** Pieces that come while so much waits are not looked at. */
const MAX_WAITING_BYTES = 64_000_000;

/**
 * How long what was proved of the pieces before may stand for one that waits: its server may be in league with the page,
 * and take its time, while the page already plays it.
 */
const PATIENCE_MS = 5_000;

export interface StreamLane {
  add(piece: StreamPiece): void;
  isAtWork(): boolean;
  /** What may be said now, of what is known of the pieces that were looked at. */
  shown(known: Credentials): Credentials;
}

const FAILED: PieceFacts = {
  credentials: emptyCredentials('unverified', 'engine-unavailable'),
  span: null,
  bound: false,
  missed: true,
  bytes: 0,
};

/**
 * @param anchors the user's and the organisation's own (PEM)
 * @param soFar what is known when a piece has been looked at
 * @param take takes the news; called after each piece
 * @param tell there is other news: work has begun, or takes too long
 */
export function streamLane(
  bytes: WorkerSlot,
  signal: AbortSignal,
  anchors: () => Promise<string[]>,
  soFar: () => Credentials,
  take: (credentials: Credentials) => void,
  tell: () => void,
): StreamLane {
  let turn: Promise<void> = Promise.resolve();
  let waiting = 0;
  let waitingBytes = 0;
  /** Of those that wait, how many do so for too long. */
  let late = 0;

  const look = async (piece: StreamPiece, size: number, done: () => void): Promise<void> => {
    const ask = async (): Promise<PieceFacts> =>
      await bytes.call('piece', { ...piece, anchors: await anchors() }, { signal });
    const facts = signal.aborted ? FAILED : await ask().catch(() => FAILED);
    waiting--;
    waitingBytes -= size;
    done();
    if (!signal.aborted) take(joinPiece(soFar(), facts));
  };

  /** @returns ends the wait */
  const watch = (): (() => void) => {
    let isLate = 0;
    const timer = setTimeout(() => {
      late += isLate = 1;
      tell();
    }, PATIENCE_MS);
    return () => {
      clearTimeout(timer);
      late -= isLate;
    };
  };

  return {
    add: (piece) => {
      const size = piece.bytes?.size ?? 0;
      const fits = waitingBytes + size <= MAX_WAITING_BYTES;
      const wanted: StreamPiece = fits ? piece : { ...piece, bytes: null, missed: true };
      waiting++;
      waitingBytes += size;
      const done = watch();
      turn = turn.then(() => look(wanted, size, done));
      // An engine that is thought to have nothing to do may be ended, and the piece with it.
      if (waiting === 1) tell();
    },
    isAtWork: () => waiting > 0,
    shown: (known) => (late > 0 ? whileLate(known) : known),
  };
}
