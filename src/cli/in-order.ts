/** Work at several items at a time, results in the items' order as soon as they can be told. */

/**
 * @param work an exception of it ends the whole run
 * @param tell called once for each item, in order
 */
export async function inOrder<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
  tell: (result: R, item: T) => void,
): Promise<void> {
  const done = new Map<number, R>();
  let next = 0;
  let told = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      try {
        done.set(index, await work(items[index] as T));
      } catch (error) {
        next = items.length; // the whole run is over: nothing more is begun
        throw error;
      }
      while (done.has(told)) {
        const result = done.get(told) as R;
        done.delete(told);
        tell(result, items[told] as T);
        told++;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
}
