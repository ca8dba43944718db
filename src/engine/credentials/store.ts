/** The SDK's manifest store as JSON: the part that is read. All of it is hostile input. */
import { startOf } from '../../contract/start-of';

export interface Status {
  code: string;
  url?: string;
  explanation?: string;
}
export interface StatusCodes {
  success?: Status[];
  informational?: Status[];
  failure?: Status[];
}
/** What differs from the record of an ingredient. */
export interface Delta {
  validationDeltas?: StatusCodes | null;
}
export interface Action {
  action?: unknown;
  when?: unknown;
  digitalSourceType?: unknown;
  related?: unknown;
}
export interface Assertion {
  label?: unknown;
  data?: { actions?: unknown; templates?: unknown } | null;
}
export interface Thumbnail {
  identifier?: unknown;
}
export interface Ingredient {
  title?: unknown;
  thumbnail?: Thumbnail | null;
  relationship?: unknown;
  active_manifest?: unknown;
  validation_results?: { activeManifest?: StatusCodes; ingredientDeltas?: Delta[] | null } | null;
  validation_status?: Status[] | null;
}
export interface Manifest {
  title?: unknown;
  thumbnail?: Thumbnail | null;
  claim_version?: unknown;
  claim_generator?: unknown;
  claim_generator_info?: { name?: unknown; version?: unknown }[];
  assertions?: Assertion[];
  ingredients?: Ingredient[];
  signature_info?: { issuer?: unknown; common_name?: unknown; time?: unknown; cert_serial_number?: unknown };
}
export interface ManifestStore {
  /** The failures once more, and the SDK's one word for all of them. */
  validation_status?: Status[] | null | undefined;
  validation_state?: unknown;
  active_manifest?: unknown;
  manifests?: Record<string, Manifest>;
  validation_results?: { activeManifest?: StatusCodes; ingredientDeltas?: Delta[] | null };
}

export const asText = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Longest text of a file that a label repeats. */
const MAX_TEXT = 300;

/** A text of the file for people: cut where it is too long for any place that shows it. */
export function shortText(value: unknown): string | null {
  const text = asText(value);
  if (text === null || text.length <= MAX_TEXT) return text;
  return `${startOf(text, MAX_TEXT - 1)}…`;
}

const named = (value: unknown): string | null => (asText(value)?.trim() === '' ? null : shortText(value));

/** Who signed: the organisation, and where the certificate names none, as those of single people do, its own name. */
export const signerOf = (manifest: Manifest | null): string | null =>
  named(manifest?.signature_info?.issuer) ?? named(manifest?.signature_info?.common_name);

/** Without holes: `null` may stand wherever the SDK found nothing. */
export const asList = <T>(value: T[] | null | undefined): T[] =>
  Array.isArray(value) ? value.filter((item) => item != null) : [];

/** A manifest by its label; own keys only, `__proto__` is no manifest. */
export function manifestOf(store: ManifestStore, label: unknown): Manifest | null {
  if (typeof label !== 'string' || store.manifests == null || !Object.hasOwn(store.manifests, label)) return null;
  return store.manifests[label] ?? null;
}
export const activeOf = (store: ManifestStore): Manifest | null => manifestOf(store, store.active_manifest);

/** The signer of an identity assertion (CAWG) is not the claim's: the same code says nothing of the file. */
const isIdentitySigner = ({ code, url }: Status): boolean =>
  String(code).startsWith('signingCredential.') && String(url).includes('/cawg.identity');

/** Codes of the active manifest. */
export function codesOf(codes: StatusCodes | null | undefined): {
  success: string[];
  informational: string[];
  failure: string[];
} {
  const names = (list: Status[] | undefined): string[] =>
    asList(list).flatMap((s) => (isIdentitySigner(s) ? [] : [String(s.code)]));
  return { success: names(codes?.success), informational: names(codes?.informational), failure: names(codes?.failure) };
}

/** Of all ingredients, also those of ingredients. */
export const deltasOf = (results: { ingredientDeltas?: Delta[] | null } | null | undefined): StatusCodes[] =>
  asList(results?.ingredientDeltas).map(({ validationDeltas }) => validationDeltas ?? {});

/** Codes about who signed, and not about what was signed. */
export const isSigner = (code: string): boolean =>
  code.startsWith('signingCredential.') || code === 'claimSignature.outsideValidity';

export const TRUSTED = 'signingCredential.trusted';

/**
 * Whether anchors for signers vouch for the signer of this very manifest. The store's one `trustListUri` is that of
 * whichever manifest the SDK looked at last, and anchors for time-stamps vouch for nobody's claim.
 */
export const isTrustedBy = ({ code, url, explanation }: Status, label: unknown): boolean =>
  code === TRUSTED &&
  url === `self#jumbf=/c2pa/${String(label)}/c2pa.signature` &&
  String(explanation).endsWith('found in [system_anchors] trust anchors');

export const isTrusted = (store: ManifestStore): boolean =>
  asList(store.validation_results?.activeManifest?.success).some((s) => isTrustedBy(s, store.active_manifest));

const [MISMATCH, MATCH] = ['assertion.bmffHash.mismatch', 'assertion.bmffHash.match'];

/** Address of the BMFF binding whose hash doesn't match, where there is just one. */
export function mismatchUrl(store: ManifestStore): string | null {
  const found = asList(store.validation_results?.activeManifest?.failure).filter(({ code }) => code === MISMATCH);
  return found.length === 1 ? asText(found[0]?.url) : null;
}

/** Addresses of the BMFF bindings whose hashes match, also of the file that an update is for. */
export const matchUrls = ({ validation_results: results }: ManifestStore): string[] =>
  [results?.activeManifest, ...deltasOf(results)]
    .flatMap((codes) => asList(codes?.success))
    .flatMap(({ code, url }) => (code === MATCH ? [String(url)] : []));

/** The store as the SDK would give it for a file that has the hash of its BMFF binding; its one-word state is left out. */
export function withMatch(store: ManifestStore): ManifestStore {
  const codes = store.validation_results?.activeManifest;
  const url = mismatchUrl(store);
  const isIt = (status: Status): boolean => status.code === MISMATCH && status.url === url;
  const match: Status = { code: MATCH, ...(url === null ? {} : { url }) };
  const failure = asList(codes?.failure).filter((status) => !isIt(status));
  const activeManifest = { ...codes, success: [...asList(codes?.success), match], failure };
  const rest = asList(store.validation_status).filter((status) => !isIt(status));
  return {
    ...store,
    validation_state: undefined,
    validation_status: rest.length > 0 ? rest : undefined,
    validation_results: { ...store.validation_results, activeManifest },
  };
}
