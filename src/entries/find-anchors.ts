/** Reads certificates for pages of the extension; the code for it comes once there is one to read. */
import type { AnchorsFound } from '../contract/anchors';

export async function findAnchors(text: string): Promise<AnchorsFound> {
  const { anchorsIn } = await import('../engine/credentials/anchors');
  return await anchorsIn(text, new Date());
}
