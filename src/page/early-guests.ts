/**
 * A page of the same origin can be in a window before any script of its first document, ours too: a frame's and a
 * popup's window begins empty and is kept. What its natives are, nobody can say then.
 */

const isReachable = (other: Window | null): boolean => {
  try {
    return other?.document !== undefined;
  } catch {
    return false; // of another origin
  }
};

/** To be asked in the isolated world. An opener that has let go of its popup is not known. */
export const mayHaveHadGuests = (view: Window): boolean =>
  view.frameElement !== null || isReachable(view.opener as Window | null);
