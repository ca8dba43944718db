/**
 * Gathers whole frames, and has them read once the estimate has ended, so that nothing of it is loaded before. Fails
 * silently: a mark that wasn't read is no statement.
 */
import { PICTURES } from '../contract/frames';
import type { PicturePacket } from '../contract/frames';
import type { PictureMarks } from './worker/protocol';
import type { WorkerSlot } from './worker/slot';

/** Frames are read in pairs. */
const PAIR = 2;

export interface MarkReader {
  add(pictures: readonly PicturePacket[]): void;
  /** The estimate has ended; frames may be read from now on. */
  begin(): void;
  /** No more frames follow: what there is gets read, even half a pair. */
  end(): void;
  isAtWork(): boolean;
  /** Whether a first pair was read, or whatever there was in its place. */
  hasLooked(): boolean;
  /** Whether further frames could say more. */
  isOpen(): boolean;
}

/** @param found takes marks, and is also called when frames were read that show none */
export function markReader(worker: WorkerSlot, signal: AbortSignal, found: (marks: PictureMarks) => void): MarkReader {
  const pictures: PicturePacket[] = [];
  let looked = 0;
  let begun = false;
  let ended = false;
  let working = false;

  const step = async (): Promise<void> => {
    const have = ended ? pictures.length : pictures.length - (pictures.length % PAIR);
    if (!begun || working || have <= looked * PAIR || signal.aborted) return;
    working = true;
    let marks: PictureMarks = { disclosures: [], crops: [] };
    try {
      marks = await worker.call('marks', { pictures: pictures.slice(0, have), looked }, { signal });
    } catch {
      ended = true;
    }
    working = false;
    looked = Math.ceil(have / PAIR);
    if (marks.disclosures.length > 0) ended = true;
    if (ended) pictures.length = 0;
    found(marks);
    await step();
  };

  return {
    add: (more) => {
      if (ended) return;
      pictures.push(...more.slice(0, PICTURES - pictures.length));
      void step();
    },
    begin: () => {
      begun = true;
      void step();
    },
    end: () => {
      ended = true;
      void step();
    },
    isAtWork: () => working,
    hasLooked: () => looked > 0,
    isOpen: () => !ended && pictures.length < PICTURES,
  };
}
