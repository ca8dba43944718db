/**
 * What a stream's pieces say together. Pure. A piece that is the page's word alone lowers the result, and
 * raises it never: `trusted` and `unrecognised` take pieces that are all seen, intact, and fetched by us.
 */
import type { Credentials } from '../../contract/label';
import { emptyCredentials } from '../../contract/lanes';
import { isSigned } from '../../contract/words';
import { addSpan } from './spans';
import type { Span } from './spans';

/** What one piece of a stream shows. */
export interface PieceFacts {
  credentials: Credentials;
  /** The seconds that its media fills; null when there is none, or it can't be told. */
  span: Span | null;
  /** The engine has fetched the same bytes itself. */
  bound: boolean;
  /** Media of the stream went by unseen or unsigned. */
  missed: boolean;
  /** Media bytes that were looked at. */
  bytes: number;
}

const isIntact = ({ state }: Credentials): boolean => isSigned(state) || state === 'unrecognised';
const isBroken = ({ state }: Credentials): boolean => state === 'changed' || state === 'malformed';
/** Nothing of the media has been looked at so far. */
const isNew = ({ state, reason }: Credentials): boolean => state === 'streamed' || reason === 'init-only';

const sameSigner = (a: Credentials, b: Credentials): boolean =>
  a.state === b.state && a.issuer === b.issuer && a.says === b.says && a.reason === b.reason;

/** What is known without being proved. */
function unproved(known: Credentials, reason: Credentials['reason']): Credentials {
  return {
    ...known,
    state: 'unverified',
    reason: reason ?? 'stream',
    claims: known.says === 'nothing' ? known.claims : known.says,
    says: 'nothing',
    list: null,
    history: known.history.map((step) => ({ ...step, state: 'unverified' })),
  };
}

/**
 * Whether a mismatch counts. A player that appends its segments in parts gives parts that match nothing:
 * without our own copy of the whole, a page must have shown that it doesn't.
 */
const isChanged = (soFar: Credentials, { credentials, bound }: PieceFacts): boolean =>
  credentials.state === 'changed' && (bound || soFar.coverage.seconds_checked.length > 0);

function stateAfter(soFar: Credentials, piece: PieceFacts): Credentials {
  const { credentials, bound, missed } = piece;
  if (isBroken(soFar)) return soFar;
  if (isChanged(soFar, piece) || credentials.state === 'malformed') return credentials;
  if (credentials.reason === 'init-only' && !missed) return isNew(soFar) ? credentials : soFar;
  const first = isNew(soFar);
  if (isIntact(credentials) && bound && !missed && (first || sameSigner(soFar, credentials))) return credentials;
  const known = isIntact(credentials) ? credentials : soFar;
  return unproved(known.state === 'streamed' ? emptyCredentials('unverified') : known, reasonOf(credentials));
}

/** A fault of ours keeps its name. */
const reasonOf = ({ reason }: Credentials): Credentials['reason'] =>
  reason === 'engine-unavailable' ? reason : 'stream';

/** What may be said while a piece waits for too long: what was proved of others is no word of what may play by now. */
export const whileLate = (soFar: Credentials): Credentials => (isIntact(soFar) ? unproved(soFar, 'stream') : soFar);

/** @param soFar what the pieces before it say; `streamed` before the first */
export function joinPiece(soFar: Credentials, piece: PieceFacts): Credentials {
  const { bytes_read, seconds_checked, seconds_changed } = soFar.coverage;
  const { span, credentials } = piece;
  const changed = isChanged(soFar, piece) ? addSpan(seconds_changed, span) : seconds_changed;
  return {
    ...stateAfter(soFar, piece),
    coverage: {
      bytes_read: bytes_read + piece.bytes,
      bytes_total: null,
      sha256: null,
      seconds_checked: isIntact(credentials) ? addSpan(seconds_checked, span) : seconds_checked,
      seconds_changed: changed,
    },
  };
}
