/** The credentials of a stream: its pieces one after the other, each through the bytes worker. */
import type { Credentials } from '../contract/label';
import { emptyCredentials } from '../contract/lanes';
import type { StreamPiece } from '../contract/messages';
import { joinPiece } from './credentials/join';
import type { PieceFacts } from './credentials/join';
import type { WorkerSlot } from './worker/slot';

/** Pieces that come while so much waits are not looked at. */
const MAX_WAITING_BYTES = 64_000_000;

export interface StreamLane {
  add(piece: StreamPiece): void;
  isAtWork(): boolean;
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
 */
export function streamLane(
  bytes: WorkerSlot,
  signal: AbortSignal,
  anchors: () => Promise<string[]>,
  soFar: () => Credentials,
  take: (credentials: Credentials) => void,
): StreamLane {
  let turn: Promise<void> = Promise.resolve();
  let waiting = 0;
  let waitingBytes = 0;

  const look = async (piece: StreamPiece, size: number): Promise<void> => {
    const ask = async (): Promise<PieceFacts> =>
      await bytes.call('piece', { ...piece, anchors: await anchors() }, { signal });
    const facts = signal.aborted ? FAILED : await ask().catch(() => FAILED);
    waiting--;
    waitingBytes -= size;
    if (!signal.aborted) take(joinPiece(soFar(), facts));
  };

  return {
    add: (piece) => {
      const size = piece.bytes?.size ?? 0;
      const fits = waitingBytes + size <= MAX_WAITING_BYTES;
      const wanted: StreamPiece = fits ? piece : { ...piece, bytes: null, missed: true };
      waiting++;
      waitingBytes += size;
      turn = turn.then(() => look(wanted, size));
    },
    isAtWork: () => waiting > 0,
  };
}
