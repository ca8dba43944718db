/** Reads the body of an answer piece by piece, into the same room again and again where the browser can. */

export interface BodyReader {
  /** The next piece, which holds until the one after it is asked for; null at the end. */
  next(): Promise<Uint8Array<ArrayBuffer> | null>;
  cancel(): void;
}

/** @param roomBytes a piece is never longer than this, where the body is a stream of bytes (WHATWG Streams, 4.5) */
export function bodyReader(body: ReadableStream<Uint8Array<ArrayBuffer>>, roomBytes: number): BodyReader {
  let room = new ArrayBuffer(roomBytes);
  let reader: ReadableStreamBYOBReader | ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>;
  let read: () => Promise<ReadableStreamReadResult<Uint8Array<ArrayBuffer>>>;
  try {
    const byob = body.getReader({ mode: 'byob' });
    reader = byob;
    read = () => byob.read(new Uint8Array(room)) as Promise<ReadableStreamReadResult<Uint8Array<ArrayBuffer>>>;
  } catch {
    // Bodies that didn't come from the net may be streams of another kind.
    const plain = body.getReader();
    reader = plain;
    read = () => plain.read();
  }
  return {
    next: async () => {
      const { done, value } = await read();
      if (value !== undefined) room = value.buffer;
      return done ? null : value;
    },
    cancel: () => {
      void reader.cancel().catch(() => undefined);
    },
  };
}
