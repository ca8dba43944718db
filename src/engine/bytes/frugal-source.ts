/** A source that counts the blocks it is asked for, so that a reader can keep to a budget. */
import { BLOCK } from './block-cache';
import { BytesError } from './source';
import type { ByteSource } from './source';

export interface FrugalSource {
  source: ByteSource;
  /** Bytes of the blocks asked for here. What others read of the same file doesn't count: same file, same reads. */
  spent(): number;
  /**
   * The same source, as long as all that is asked for stays within `max` bytes.
   * @throws {BytesError} `too-large` on a read that would go over
   */
  upTo(max: number): ByteSource;
}

export function frugalSource(inner: ByteSource): FrugalSource {
  const blocks = new Set<number>();

  const reading = (max: number): ByteSource => ({
    ...inner,
    read: async (start, end, signal) => {
      const fresh: number[] = [];
      const until = Math.min(end, inner.size() ?? end);
      for (let i = Math.floor(start / BLOCK); i * BLOCK < until; i++) if (!blocks.has(i)) fresh.push(i);
      if ((blocks.size + fresh.length) * BLOCK > max) throw new BytesError('too-large');
      for (const i of fresh) blocks.add(i);
      return await inner.read(start, end, signal);
    },
  });

  return { source: reading(Number.POSITIVE_INFINITY), spent: () => blocks.size * BLOCK, upTo: reading };
}
