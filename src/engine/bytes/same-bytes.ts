/** Whether bytes that a page names are the ones that we have. */
const equalAt = (all: Uint8Array, part: Uint8Array, at: number): boolean => {
  for (let i = 0; i < part.length; i++) if (all[at + i] !== part[i]) return false;
  return true;
};

/** Whether `part` is somewhere in `all`. */
export function holds(all: Uint8Array, part: Uint8Array): boolean {
  const first = part[0];
  if (first === undefined) return false;
  const last = all.length - part.length;
  for (let at = all.indexOf(first); at !== -1 && at <= last; at = all.indexOf(first, at + 1)) {
    if (equalAt(all, part, at)) return true;
  }
  return false;
}
