import { describe, expect, test } from 'vitest';
import { bodyReader } from '../../src/engine/bytes/body-reader';

const PARTS = [new Uint8Array(5).fill(1), new Uint8Array(700).fill(2), new Uint8Array(1).fill(3)];
const ALL = PARTS.flatMap((part) => [...part]);

function streamOf(type: 'bytes' | undefined, cancelled: () => void = () => undefined): ReadableStream {
  const parts = PARTS.map((part) => part.slice());
  return new ReadableStream({
    ...(type === undefined ? {} : { type }),
    pull: (controller: ReadableStreamController<Uint8Array>) => {
      const part = parts.shift();
      if (part !== undefined) controller.enqueue(part as never);
      else controller.close();
      const waiting = 'byobRequest' in controller ? controller.byobRequest : null;
      if (part === undefined) waiting?.respond(0);
    },
    cancel: cancelled,
  } as UnderlyingByteSource);
}

describe.each(['bytes', undefined] as const)('a stream of type %s', (type) => {
  test.each([1, 64, 4096])('all bytes in order, with room for %i', async (room) => {
    const reader = bodyReader(streamOf(type), room);
    const got: number[] = [];
    for (let piece = await reader.next(); piece !== null; piece = await reader.next()) {
      if (type === 'bytes') expect(piece.length).toBeLessThanOrEqual(room);
      got.push(...piece);
    }
    expect(got).toEqual(ALL);
    expect(await reader.next()).toBeNull();
  });

  test('cancelling reaches the source', async () => {
    let cancelled = false;
    const reader = bodyReader(
      streamOf(type, () => {
        cancelled = true;
      }),
      64,
    );
    await reader.next();
    reader.cancel();
    await Promise.resolve();
    expect(cancelled).toBe(true);
  });

  test('an error of the source is thrown', async () => {
    const broken = new ReadableStream({
      ...(type === undefined ? {} : { type }),
      pull: () => {
        throw new TypeError('broke off');
      },
    } as UnderlyingByteSource);
    await expect(bodyReader(broken, 64).next()).rejects.toThrow('broke off');
  });
});

test('what the net brings comes in the same room each time', async () => {
  const reader = bodyReader(new Response(new Uint8Array(1000)).body as never, 300);
  const first = await reader.next();
  const room = first?.buffer;
  expect(first?.buffer.byteLength).toBe(300);
  const second = await reader.next();
  expect(room?.byteLength).toBe(0); // handed on
  expect(second?.buffer.byteLength).toBe(300);
});
