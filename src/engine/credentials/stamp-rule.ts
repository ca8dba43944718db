/**
 * Version 1 claims: the SDK accepts the stamp of any time-stamp service for them, so an expired key with a
 * self-made stamp would pass. There the service is checked here, against the lists. So it is for anchors of the
 * user's own: to the SDK each anchor for signers vouches for time-stamp services, too.
 */
import type { Verdict } from './classify';
import type { Signature } from './cose';
import { timeStampOf } from './describe';
import { activeOf } from './store';
import type { ManifestStore } from './store';
import { isStampTrusted, isValidAt } from './time-stamp';

/** Each costs a look at all anchors; a signature with more has none that counts. */
const MAX_TOKENS = 8;

interface StampRule {
  trusted: Verdict['state'];
  versions: 1 | 'all';
  services: Uint8Array[];
  now: Date;
}

/**
 * @param trusted the state that a trusted signer has in this read
 * @param versions which claims are checked: those of version 1, or all
 * @param services anchors (DER) that vouch for time-stamps
 * @param now for signers that don't need a stamp because they are still valid
 */
export async function checkStamp(
  store: ManifestStore,
  verdict: Verdict,
  signature: Signature | null,
  { trusted, versions, services, now }: StampRule,
): Promise<Verdict> {
  const matters = verdict.state === trusted || verdict.reason === 'untrusted';
  const isLeftToSdk = versions === 1 && activeOf(store)?.claim_version === 2;
  if (!matters || isLeftToSdk || timeStampOf(store) === 'none') return verdict;
  const { tokens = [], certificates: [leaf] = [] } = signature ?? {};
  // Every token, since we don't know which of them the SDK went by.
  const looked = tokens.length > MAX_TOKENS ? [] : tokens;
  const stamped = await Promise.all(looked.map((token) => isStampTrusted(token, services)));
  if (stamped.length > 0 && stamped.every(Boolean)) return verdict;
  const distrusted: Verdict = { ...verdict, timeStamp: 'untrusted' };
  if (leaf !== undefined && isValidAt(leaf, now)) return distrusted;
  return { ...distrusted, state: 'unrecognised', reason: 'expired', detail: 'time-stamp service on no list' };
}
