/** Real clips that the finder of signs was not trained on: those of every second source (as `sign_pairs.py` has it). */
import { createHash } from 'node:crypto';

export const isHeldOut = (group: string): boolean => (createHash('sha256').update(group).digest()[0] ?? 0) % 2 === 1;
