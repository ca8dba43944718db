/** Runs calls of workers for a job. */
import { CallAborted } from './worker/slot';

/** @returns false when the work failed, null when it was given up before its end */
export async function guarded(work: () => Promise<void>, signal: AbortSignal): Promise<boolean | null> {
  try {
    await work();
    return true;
  } catch (error) {
    return error instanceof CallAborted || signal.aborted ? null : false;
  }
}
