/**
 * What is kept of a file that comes from its start: all of a small one; of a larger one its front and what is being
 * read. What is only passed on the way to somewhere else is not kept.
 */

type Bytes = Uint8Array<ArrayBuffer>;

/** Memory that several rooms share. */
export interface Budget {
  /**
   * @param own bytes that the room has already
   * @returns false when it gets no more
   */
  take(bytes: number, own: number): boolean;
  give(bytes: number): void;
  /** Bytes that are taken. */
  taken(): number;
}

export interface RoomLimits {
  /** Bytes of one file that are kept at most; a file up to this size is kept whole. */
  most: number;
  /** For all rooms together. */
  shared: Budget;
}

export interface StreamRoom {
  /** Bytes that have come, kept or not. */
  length(): number;
  /** What comes next. */
  add(piece: Bytes): void;
  /** [start, end) is going to be read. */
  want(start: number, end: number): void;
  /** A copy of bytes [start, end), fewer where less has come; null where they were not kept. */
  slice(start: number, end: number): Bytes | null;
  /** Whether all that has come was kept. */
  isWhole(): boolean;
  /** All that has come, piece by piece; without what was not kept. */
  pieces(): Iterable<Bytes>;
  /** All that has come, in one; null where some of it was not kept. */
  all(): Bytes | null;
  /** All of a file of this size is going to be read: it gets its place in one piece. */
  expect(size: number): void;
  /** Gives everything back; nothing is kept from now on. */
  close(): void;
}

/** Unit in which bytes are kept. */
export const PART = 1024 * 1024;
/** The front of a file, where most of what readers come back to stands. */
export const FRONT = 8 * PART;

function counted(allows: (bytes: number, own: number, taken: number) => boolean): Budget {
  let taken = 0;
  return {
    take: (bytes, own) => {
      const fits = allows(bytes, own, taken);
      if (fits) taken += bytes;
      return fits;
    },
    give: (bytes) => {
      taken -= bytes;
    },
    taken: () => taken,
  };
}

/** One room may have as much as is left for all others: a few greedy ones leave the next one something. */
export const budget = (most: number): Budget => counted((bytes, own, taken) => own + bytes <= most - taken - bytes);

/**
 * A room that is alone gets all it asks for. Where there are several, large ones have half of `most` together, so that
 * they leave small ones something.
 */
export const wholeBudget = (most: number): Budget =>
  counted((bytes, own, taken) => taken === own || taken + bytes <= (own + bytes <= FRONT ? most : most / 2));

/** For whole files that the verifier needs at hand, wherever they come from: their reader sets the limit for each. */
export const WHOLE_FILES = wholeBudget(512 * 1024 * 1024);

export function streamRoom({ most, shared }: RoomLimits): StreamRoom {
  /**
   * Each holds what is at its number times PART, in the order of the file; all but the last are full.
   * Not Blobs: Chromium makes writers of many large ones wait.
   */
  const parts = new Map<number, Bytes>();
  /** Where the parts lie side by side, when the file's size is known. */
  let place: Bytes | null = null;
  let length = 0;
  let wantedFrom = 0;
  let closed = false;

  const isWanted = (i: number): boolean => i * PART < FRONT || (i + 1) * PART > wantedFrom;
  const isWhole = (): boolean => parts.size === Math.ceil(length / PART);

  /** A new part, or the oldest one behind the front, where no more may be kept. */
  const partFor = (i: number): Bytes | null => {
    if (closed) return null;
    if ((parts.size + 1) * PART <= most && shared.take(PART, parts.size * PART)) {
      const own = place?.subarray(i * PART, (i + 1) * PART);
      return own?.length === PART ? own : new Uint8Array(PART);
    }
    for (const [old, bytes] of parts) {
      if (old * PART < FRONT) continue;
      parts.delete(old);
      return bytes;
    }
    return null;
  };

  const put = (i: number, at: number, bytes: Bytes): void => {
    if (!isWanted(i)) {
      if (parts.delete(i)) shared.give(PART);
      return;
    }
    const part = parts.get(i) ?? (at === 0 ? partFor(i) : null);
    if (part === null) return;
    part.set(bytes, at);
    parts.set(i, part);
  };

  const slice: StreamRoom['slice'] = (start, end) => {
    const until = Math.min(end, length);
    const out = new Uint8Array(Math.max(until - start, 0));
    for (let at = start; at < until;) {
      const i = Math.floor(at / PART);
      const part = parts.get(i);
      if (part === undefined) return null;
      const to = Math.min(until, (i + 1) * PART);
      out.set(part.subarray(at - i * PART, to - i * PART), at - start);
      at = to;
    }
    return out;
  };

  const expect = (size: number): void => {
    if (place !== null || size > most || !isWhole()) return;
    place = new Uint8Array(Math.max(Math.ceil(size / PART), parts.size) * PART);
    for (const [i, part] of parts) {
      const own = place.subarray(i * PART, (i + 1) * PART);
      own.set(part);
      parts.set(i, own);
    }
  };

  return {
    length: () => length,
    add: (piece) => {
      for (let done = 0; done < piece.length;) {
        const i = Math.floor(length / PART);
        const at = length - i * PART;
        const bytes = piece.subarray(done, done + PART - at);
        put(i, at, bytes);
        done += bytes.length;
        length += bytes.length;
      }
    },
    want: (start, end) => {
      wantedFrom = end > most ? start : 0;
    },
    slice,
    isWhole,
    *pieces() {
      for (const [i, part] of parts) yield part.subarray(0, length - i * PART);
    },
    all: () => {
      if (!isWhole()) return null;
      expect(length);
      return place !== null && length <= place.length ? place.subarray(0, length) : slice(0, length);
    },
    expect,
    close: () => {
      closed = true;
      shared.give(parts.size * PART);
      parts.clear();
      place = null;
    },
  };
}
