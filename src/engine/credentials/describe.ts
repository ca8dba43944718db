/** A judged manifest store as the lane's result. Strings are hostile and come out as they are. */
import type { Credentials } from '../../contract/label';
import { emptyCredentials } from '../../contract/lanes';
import type { Verdict } from './classify';
import { historyOf, toolOf } from './history';
import { saysOf } from './says';
import { alteredSince, standingsIn } from './standing';
import { activeOf, codesOf, shortText, signerOf } from './store';
import type { ManifestStore } from './store';

export type ListName = NonNullable<Credentials['list']>;

/** What the SDK says of the time-stamp. */
export function timeStampOf(store: ManifestStore): NonNullable<Credentials['time_stamp']> {
  const { success, informational, failure } = codesOf(store.validation_results?.activeManifest);
  const all = [...success, ...informational, ...failure];
  if (all.includes('timeStamp.mismatch')) return 'mismatch';
  if (all.includes('timeStamp.trusted')) return 'trusted';
  return all.some((code) => code.startsWith('timeStamp.')) ? 'untrusted' : 'none';
}

/**
 * `coverage` is left to the caller.
 * @param list whose anchors were used
 * @param vouched labels of embedded manifests whose signers some list vouches for
 */
export function describe(
  store: ManifestStore,
  verdict: Verdict,
  list: ListName | null,
  vouched: ReadonlySet<string> = new Set(),
): Credentials {
  const active = activeOf(store);
  const trusted = verdict.state.startsWith('trusted');
  const { isIntact, isSound } = standingsIn(store, vouched);
  // A signer that is known must not lend its name to the word of one that isn't.
  const says = saysOf(store, trusted ? isSound : isIntact);
  const codes = codesOf(store.validation_results?.activeManifest);
  return {
    ...emptyCredentials(verdict.state, verdict.reason),
    detail: verdict.detail,
    says: trusted || verdict.state === 'unrecognised' ? says : 'nothing',
    claims: verdict.state === 'unverified' ? says : 'nothing',
    issuer: signerOf(active),
    list: trusted ? list : null,
    signed_at: shortText(active?.signature_info?.time),
    time_stamp: verdict.timeStamp ?? timeStampOf(store),
    tool: active === null ? null : toolOf(active),
    codes: [...new Set([...codes.failure, ...alteredSince(store), ...codes.success, ...codes.informational])],
    history: historyOf(store, verdict.state, vouched).steps,
  };
}
