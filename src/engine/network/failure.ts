/**
 * A network could not be loaded or run: the runtime's fault, or want of memory, not the video's. The runtime may be in any
 * state then, so the worker should not be used again.
 */
export class NetworkFailure extends Error {}

/** @throws {NetworkFailure} whatever `work` throws */
export async function orNetworkFailure<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new NetworkFailure(String(error), { cause: error });
  }
}
