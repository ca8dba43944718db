/** From the SDK's codes to our state. Pure. The SDK's own one-word state is never looked at. */
import type { CredentialState } from '../../contract/label';
import type { BytesReason, SignerReason } from '../../contract/reasons';
import { startOf } from '../../contract/start-of';
import { alteredSince, spoiltSince } from './standing';
import { codesOf, isSigner, isTrusted } from './store';
import type { ManifestStore } from './store';

/** What the box walk knows of the bytes. */
export interface Completeness {
  /** All bytes of the file were there, and its last box ends where it ends. */
  whole: boolean;
  /** There is a C2PA box. */
  hasC2pa: boolean;
  /** Something that is no box stands behind the last one. */
  trails?: true;
  /** The index leads to media elsewhere than what was signed. */
  misplaced?: boolean;
  /** There is media (`mdat`, `moof`); without it an init segment was read. */
  hasMedia: boolean;
}

export interface Verdict {
  state: CredentialState;
  reason: SignerReason | BytesReason | null;
  detail: string | null;
  /** Our own check of the time-stamp service, where it overrules the SDK's. */
  timeStamp?: 'untrusted';
}

const verdict = (state: CredentialState, reason: Verdict['reason'] = null, detail: string | null = null): Verdict => ({
  state,
  reason,
  detail,
});

/** Name of the SDK's error variant: `JumbfNotFound` of `C2pa(JumbfNotFound)`. */
export function errorName(error: string): string {
  return /^C2pa\((\w+)/.exec(error)?.[1] ?? /^(\w+)/.exec(error)?.[1] ?? 'unknown';
}

/** The SDK could not read the file at all. */
export function classifyError(error: string, { whole, hasC2pa }: Completeness): Verdict {
  const name = errorName(error);
  switch (name) {
    case 'JumbfNotFound':
      return hasC2pa ? verdict('malformed', null, name) : verdict('none');
    case 'RemoteManifestUrl':
      return verdict('remote', null, hostOf(/"([^"]*)"/.exec(error)?.[1] ?? ''));
    case 'UnsupportedType':
      return verdict('unsupported', 'container');
    case 'IoError': // the end came too soon: by the file's own fault where all of it was there
    case 'InvalidAsset':
      if (/expected box type/.test(error)) return verdict('unsupported', 'not-media');
      return whole ? verdict('malformed', null, name) : verdict('unverified', 'partial');
    default:
      return verdict('malformed', null, name);
  }
}

/** No name is longer that can be asked for (RFC 1035, 2.3.4). */
const MAX_HOST = 253;

/** Host of an address; the text itself, shortened, when it is none. */
export function hostOf(url: string): string {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  return host === '' || host.length > MAX_HOST ? startOf(url, 80) : host;
}

const FILE_HASHES = ['assertion.bmffHash.mismatch', 'assertion.dataHash.mismatch', 'assertion.boxesHash.mismatch'];
const isHashMismatch = (code: string): boolean =>
  /^assertion\.(bmffHash|dataHash|boxesHash|collectionHash|hashedURI)\.mismatch$/.test(code) ||
  /^(assertion\.)?ingredient\..*mismatch$/.test(code);

/** Worst first. */
const SIGNER_CODES: [RegExp, SignerReason][] = [
  [/^signingCredential\.ocsp\.revoked$/, 'revoked'],
  [/^signingCredential\.(invalid|revoked)$/, 'invalid'],
  [/^(signingCredential\.expired|claimSignature\.outsideValidity)$/, 'expired'],
  [/./, 'untrusted'],
];

function signerReason(failures: string[]): SignerReason {
  for (const [pattern, reason] of SIGNER_CODES) {
    if (failures.some((code) => pattern.test(code))) return reason;
  }
  return 'untrusted';
}

/**
 * State of a store that could be read, for one read of the SDK.
 * @param trusted the state that a trusted signer gives in this read
 */
export function classifyStore(store: ManifestStore, completeness: Completeness, trusted: CredentialState): Verdict {
  const { success, failure, informational } = codesOf(store.validation_results?.activeManifest);
  // Nothing was found because nothing was looked at: no word against the file.
  if (success.length + failure.length + informational.length === 0) {
    return verdict('unverified', 'engine-unavailable', 'not validated');
  }
  const failures = failure.filter((code) => !code.startsWith('cawg.'));
  const content = failures.filter((code) => !isSigner(code));
  if (content.includes('claimSignature.mismatch')) return verdict('malformed', null, 'claimSignature.mismatch');
  const onlyFileHash = content.length > 0 && content.every((code) => FILE_HASHES.includes(code));
  if (onlyFileHash && !completeness.hasMedia) return verdict('unverified', 'init-only');
  if (onlyFileHash && !completeness.whole) return verdict('unverified', 'partial');
  const mismatch = content.find(isHashMismatch);
  if (mismatch !== undefined) return verdict('changed', null, mismatch);
  if (content.length > 0) return verdict('malformed', null, content[0] ?? null);
  const [altered] = alteredSince(store);
  if (altered !== undefined) return verdict('changed', null, altered);
  const [spoilt] = spoiltSince(store);
  if (spoilt !== undefined) return verdict('malformed', null, spoilt);
  if (!success.includes('claimSignature.validated') || !success.some((c) => c.endsWith('Hash.match'))) {
    return verdict('malformed', null, 'incomplete validation');
  }
  if (completeness.misplaced === true) return verdict('changed', null, 'index leads to media that was not signed');
  if (failures.length === 0 && isTrusted(store)) return verdict(trusted);
  return verdict('unrecognised', signerReason(failures));
}
