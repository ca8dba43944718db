/** Whether bytes that a page names are among those that we have. */
import { boxesIn } from './boxes';

const equalAt = (all: Uint8Array, part: Uint8Array, at: number): boolean => {
  if (at + part.length > all.length) return false;
  for (let i = 0; i < part.length; i++) if (all[at + i] !== part[i]) return false;
  return true;
};

/** Whether `part` is in `all`, from the start of one of its boxes: a segment, or some of its fragments. */
export const holds = (all: Uint8Array, part: Uint8Array): boolean =>
  boxesIn(all, 0).some(({ start }) => equalAt(all, part, start));
