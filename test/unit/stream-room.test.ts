/** What is kept of a file from a server that knows no ranges: never more than allowed, and never another file's bytes. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FRONT, PART, budget, streamRoom } from '../../src/engine/bytes/stream-room';
import type { Budget, StreamRoom } from '../../src/engine/bytes/stream-room';

/** A file whose parts all differ. */
const FILE = Uint8Array.from({ length: 44 * PART }, (_, i) => (i * 31 + (i >>> 20) * 7) & 0xff);

function send(room: StreamRoom, bytes: number, pieceBytes = PART): void {
  for (let left = bytes; left > 0; left -= pieceBytes) {
    const from = room.length();
    room.add(FILE.subarray(from, from + Math.min(left, pieceBytes)));
  }
}

/** @returns whether these are the file's bytes from `start` on */
const isFile = (bytes: Uint8Array | null, start: number, length: number): boolean =>
  bytes !== null && Buffer.from(FILE.buffer, start, length).equals(bytes);

const alone = (most: number): { room: StreamRoom; shared: Budget } => {
  const shared = budget(Infinity);
  return { room: streamRoom({ most, shared }), shared };
};

describe('a file that fits', () => {
  test.each([1, 1000, PART, PART + 1, 3 * PART - 1])('%i bytes are kept whole, in one', (length) => {
    const { room } = alone(4 * PART);
    send(room, length, 65_537);
    expect(room.isWhole()).toBe(true);
    expect(isFile(room.all(), 0, length)).toBe(true);
    expect([...room.pieces()].reduce((sum, piece) => sum + piece.length, 0)).toBe(length);
  });

  test.each([2 * PART, 10])('as well where its size was said, even wrongly: %i', (said) => {
    const { room } = alone(8 * PART);
    send(room, 100);
    room.expect(said);
    send(room, 2 * PART + 5);
    expect(isFile(room.all(), 0, 2 * PART + 105)).toBe(true);
  });
});

describe('a file that does not', () => {
  const MOST = FRONT + 4 * PART;

  test('what is passed is not kept; the front and what was wanted are', () => {
    const { room, shared } = alone(MOST);
    const far = 40 * PART + 123;
    send(room, 1000);
    room.want(far, far + 32);
    while (room.length() < far + 32) {
      send(room, PART - 77);
      expect(shared.taken()).toBeLessThanOrEqual(FRONT + 2 * PART);
    }
    expect(isFile(room.slice(far, far + 32), far, 32)).toBe(true);
    expect(isFile(room.slice(5, 500), 5, 495)).toBe(true);
    expect(room.slice(20 * PART, 20 * PART + 1)).toBeNull();
    expect(room.isWhole()).toBe(false);
    expect(room.all()).toBeNull();
  });

  test('read all through, it keeps its front and its end', () => {
    const { room, shared } = alone(MOST);
    const length = 30 * PART + 9;
    send(room, length);
    expect(shared.taken()).toBe(MOST);
    expect(isFile(room.slice(0, FRONT), 0, FRONT)).toBe(true);
    expect(isFile(room.slice(length - 2 * PART, length), length - 2 * PART, 2 * PART)).toBe(true);
    expect(room.all()).toBeNull();
  });
});

test('whatever is read in whatever order: the right bytes or none, within the limit', () => {
  const read = fc.record({ start: fc.nat(30 * PART), size: fc.integer({ min: 1, max: 2 * PART }) });
  fc.assert(
    fc.property(fc.array(read, { maxLength: 8 }), fc.integer({ min: 50_000, max: 3 * PART }), (reads, pieceBytes) => {
      const { room, shared } = alone(10 * PART);
      for (const { start, size } of reads) {
        room.want(start, start + size);
        if (room.length() < start + size) send(room, start + size - room.length(), pieceBytes);
        const bytes = room.slice(start, start + size);
        if (bytes !== null && !isFile(bytes, start, size)) return false;
        if (shared.taken() > 10 * PART) return false;
      }
      return true;
    }),
    { numRuns: 40 },
  );
}, 30_000);

describe('several at once', () => {
  test('they never have more than there is, and the last one has something', () => {
    const shared = budget(128 * PART);
    const rooms = Array.from({ length: 6 }, () => streamRoom({ most: 64 * PART, shared }));
    const piece = new Uint8Array(PART);
    for (const room of rooms) for (let i = 0; i < 100; i++) room.add(piece);
    expect(shared.taken()).toBeLessThanOrEqual(128 * PART);
    const late = streamRoom({ most: 64 * PART, shared });
    late.add(piece);
    expect(late.isWhole()).toBe(true);
    for (const room of [...rooms, late]) room.close();
    expect(shared.taken()).toBe(0);
  });

  test('one that is closed takes nothing any more', () => {
    const { room, shared } = alone(4 * PART);
    send(room, 2 * PART);
    room.close();
    room.close();
    send(room, 2 * PART);
    expect(shared.taken()).toBe(0);
  });
});
