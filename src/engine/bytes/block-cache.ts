/** Keeps blocks of a source, so that readers that look at the same places cost one request. */

/** Bytes of a block; a read is rounded up to whole blocks. */
export const BLOCK = 4096;
/** A cache never holds more than this; a longer read passes through. */
const MAX_CACHED = 8 * 1024 * 1024;

export type FetchRange = (start: number, end: number) => Promise<Uint8Array<ArrayBuffer>>;

export interface BlockCache {
  /** Reads [start, end); shorter where the source ends. */
  read(start: number, end: number, fetchRange: FetchRange): Promise<Uint8Array<ArrayBuffer>>;
}

export function blockCache(): BlockCache {
  const blocks = new Map<number, Uint8Array<ArrayBuffer>>();
  let last: Promise<unknown> = Promise.resolve();

  const load = async (first: number, count: number, fetchRange: FetchRange): Promise<void> => {
    const bytes = await fetchRange(first * BLOCK, (first + count) * BLOCK);
    if (blocks.size * BLOCK > MAX_CACHED) blocks.clear();
    for (let i = 0; i < count; i++) blocks.set(first + i, bytes.slice(i * BLOCK, (i + 1) * BLOCK));
  };

  const collect = async (start: number, end: number, fetchRange: FetchRange): Promise<Uint8Array<ArrayBuffer>> => {
    const first = Math.floor(start / BLOCK);
    const behind = Math.ceil(end / BLOCK);
    for (let i = first; i < behind; i++) {
      if (blocks.has(i)) continue;
      let count = 1;
      while (i + count < behind && !blocks.has(i + count)) count++;
      await load(i, count, fetchRange);
      i += count - 1;
    }
    const out = new Uint8Array(end - start);
    let length = 0;
    for (let i = first; i < behind; i++) {
      const block = blocks.get(i) ?? new Uint8Array(0);
      const part = block.subarray(Math.max(start - i * BLOCK, 0), Math.max(end - i * BLOCK, 0));
      out.set(part, Math.max(i * BLOCK - start, 0));
      length += part.length;
      if (block.length < BLOCK) break; // the source ends here
    }
    return out.subarray(0, length);
  };

  return {
    // One after the other: two readers that want the same block wait for one request.
    read: (start, end, fetchRange) => {
      const mine = last.then(() =>
        end - start > MAX_CACHED ? fetchRange(start, end) : collect(start, end, fetchRange),
      );
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}
