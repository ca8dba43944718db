/** A folder of somebody else's: what may not be done there is one sentence. */
import { fail } from './say.mjs';

const REFUSED = ['EACCES', 'EPERM', 'EROFS'];

/** Does work on files; ends the command when the system refuses one of them. */
export function withAccess(work) {
  try {
    return work();
  } catch (error) {
    if (!REFUSED.includes(error.code)) throw error;
    return fail(
      `this folder has to be set up or built first, and this account may not read or write ${error.path}: ` +
        'let the owner of the folder do it, or use a clone of your own.',
    );
  }
}
