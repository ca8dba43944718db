/** The SDK's manifest store as JSON: the part that is read. All of it is hostile input. */

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
export interface Action {
  action?: unknown;
  when?: unknown;
  digitalSourceType?: unknown;
  softwareAgent?: unknown;
}
export interface Assertion {
  label?: unknown;
  data?: { actions?: unknown } | null;
}
export interface Ingredient {
  title?: unknown;
  relationship?: unknown;
  active_manifest?: unknown;
  validation_results?: { activeManifest?: StatusCodes };
}
export interface Manifest {
  title?: unknown;
  claim_version?: unknown;
  claim_generator?: unknown;
  claim_generator_info?: { name?: unknown; version?: unknown }[];
  assertions?: Assertion[];
  ingredients?: Ingredient[];
  signature_info?: { issuer?: unknown; common_name?: unknown; time?: unknown; cert_serial_number?: unknown };
}
export interface ManifestStore {
  active_manifest?: unknown;
  manifests?: Record<string, Manifest>;
  validation_results?: { activeManifest?: StatusCodes; trustListUri?: unknown };
}

export const asText = (value: unknown): string | null => (typeof value === 'string' ? value : null);
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
