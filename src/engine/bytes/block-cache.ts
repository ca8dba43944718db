/** Keeps blocks of a source, so that readers that look at the same places cost one request. */

/** Bytes of a block; a read is rounded up to whole blocks. A box's header far away costs one. */
export const BLOCK = 1024;
/** Blocks of a request at the start, or right behind what was read: there readers mostly go on where they are. */
export const AHEAD = 4;
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

  /** How many blocks are asked for at `i`, when blocks up to `behind` are wanted. */
  const missing = (i: number, behind: number): number => {
    const least = i === 0 || blocks.has(i - 1) ? i + AHEAD : i + 1;
    let to = i + 1;
    while (to < Math.max(least, behind) && !blocks.has(to)) to++;
    return to - i;
  };

  const load = async (first: number, count: number, fetchRange: FetchRange): Promise<Uint8Array<ArrayBuffer>[]> => {
    const bytes = await fetchRange(first * BLOCK, (first + count) * BLOCK);
    if (blocks.size * BLOCK > MAX_CACHED) blocks.clear();
    const loaded = Array.from({ length: count }, (_, i) => bytes.slice(i * BLOCK, (i + 1) * BLOCK));
    for (const [i, block] of loaded.entries()) blocks.set(first + i, block);
    return loaded;
  };

  const collect = async (start: number, end: number, fetchRange: FetchRange): Promise<Uint8Array<ArrayBuffer>> => {
    const first = Math.floor(start / BLOCK);
    const behind = Math.ceil(end / BLOCK);
    // Held here, since loading may empty the cache.
    const parts: Uint8Array<ArrayBuffer>[] = [];
    for (let i = first; i < behind; i = first + parts.length) {
      const known = blocks.get(i);
      if (known !== undefined) parts.push(known);
      else parts.push(...(await load(i, missing(i, behind), fetchRange)));
    }
    const out = new Uint8Array(end - start);
    let length = 0;
    for (const [i, block] of parts.slice(0, behind - first).entries()) {
      const at = (first + i) * BLOCK;
      const part = block.subarray(Math.max(start - at, 0), Math.max(end - at, 0));
      out.set(part, Math.max(at - start, 0));
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
