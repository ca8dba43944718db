/** Time is up. */
export class Late extends Error {}

/**
 * Waits for a promise no longer than a time; what it does goes on.
 * @throws {Late}
 */
export async function within<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Late(`not within ${String(timeoutMs)} ms`));
    }, timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

const ANSWER_MS = 3_000;

/** What comes of work that may fail or hang. */
export async function allThatAnswer<T>(work: Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(work.map((one) => within(one, ANSWER_MS)));
  return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}
