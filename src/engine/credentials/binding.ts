/**
 * The hash over the file that binds a manifest to it (C2PA 2.2, 18.6: BMFF-based hash), as the SDK has read it: a reader
 * of our own could be led to another manifest than the one whose signature the SDK has checked.
 */
import { C2PA_UUID } from '../bytes/layout';
import { hex } from '../bytes/bytes';
import { activeOf, asList, asText } from './store';
import type { ManifestStore } from './store';

/** A hash over all top-level boxes but the excluded ones. */
export interface Binding {
  /** Label of the assertion. */
  label: string;
  /** SHA-256. */
  hash: Uint8Array;
  /** Types of boxes that are left out; of `uuid` boxes only the C2PA ones. */
  excluded: ReadonlySet<string>;
}

const LABELS = ['c2pa.hash.bmff.v2', 'c2pa.hash.bmff.v3'];
const CONDITIONS = ['length', 'subset', 'version', 'flags'];
const TOP_LEVEL = /^\/([a-z0-9]{4})$/;

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/** @returns null for what is no base64 */
function bytesOf(value: unknown): Uint8Array | null {
  try {
    return Uint8Array.from(atob(asText(value) ?? '-'), (char) => char.charCodeAt(0));
  } catch {
    return null;
  }
}

/** Whether the condition is "C2PA's UUID behind size and type". */
function isC2paUuid(data: unknown): boolean {
  const [only, more] = Array.isArray(data) ? (data as unknown[]) : [];
  if (more !== undefined || !isFields(only) || only['offset'] !== 8) return false;
  const value = bytesOf(only['value']);
  return value !== null && hex(value) === C2PA_UUID;
}

/** The type of box that an exclusion leaves out wholly; null when it is of another kind. */
function excludedType(exclusion: unknown): string | null {
  if (!isFields(exclusion) || CONDITIONS.some((key) => exclusion[key] != null)) return null;
  const type = TOP_LEVEL.exec(String(exclusion['xpath']))?.[1] ?? null;
  const holds = type === 'uuid' ? isC2paUuid(exclusion['data']) : exclusion['data'] == null;
  return holds ? type : null;
}

/**
 * The binding of the active manifest.
 * @returns null where it is of a kind that is left to the SDK: Merkle trees, parts of boxes, other algorithms,
 *   more than one hash
 */
export function bindingOf(store: ManifestStore): Binding | null {
  const hashes = asList(activeOf(store)?.assertions).filter(({ label }) => String(label).startsWith('c2pa.hash.'));
  const [only, more] = hashes;
  const label = asText(only?.label);
  const data: unknown = only?.data;
  if (more !== undefined || label === null || !LABELS.includes(label) || !isFields(data)) return null;
  const hash = bytesOf(data['hash']);
  const exclusions = data['exclusions'];
  if (data['alg'] !== 'sha256' || data['merkle'] != null || hash?.length !== 32 || !Array.isArray(exclusions))
    return null;
  const types = exclusions.map(excludedType);
  const excluded = new Set(types.filter((type) => type !== null));
  return types.includes(null) || !excluded.has('uuid') ? null : { label, hash, excluded };
}
