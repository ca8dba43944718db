/** Starts the verifier under a call of the bytes worker, or answers with the one that runs. */
import { loadReader } from './credentials/load';
import type { CredentialsReader } from './credentials/reader';

/** Starting the verifier (9 MB of WebAssembly) may block the worker for this long on a busy machine. */
const STARTING_MS = 15_000;

/**
 * @param anchors of the user's and the organisation's own (PEM)
 * @returns null when it can't be had; a fresh worker tries again
 */
export async function startReader(
  anchors: readonly string[],
  context: { busy(forMs: number): void; ready(): void; worn(): void },
): Promise<CredentialsReader | null> {
  context.busy(STARTING_MS);
  try {
    const reader = await loadReader(anchors);
    if (reader === null) context.worn(); // for want of memory, perhaps
    return reader;
  } finally {
    context.ready();
  }
}
