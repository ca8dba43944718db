/** The hash over the file that binds a manifest to it (C2PA 2.2, 18.6: BMFF-based hash). */
import { decode } from 'cborg';
import { C2PA_UUID } from '../bytes/layout';
import { hex } from '../bytes/bytes';
import { assertionsOf } from './jumbf';

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
const OPTIONS = { useMaps: true, rejectDuplicateMapKeys: true };
const TOP_LEVEL = /^\/([a-z0-9]{4})$/;

const isMap = (value: unknown): value is Map<unknown, unknown> => value instanceof Map;

/** Whether the condition is "C2PA's UUID behind size and type". */
function isC2paUuid(data: unknown): boolean {
  const [only, more] = Array.isArray(data) ? (data as unknown[]) : [];
  if (more !== undefined || !isMap(only)) return false;
  const value = only.get('value');
  return only.get('offset') === 8 && value instanceof Uint8Array && hex(value) === C2PA_UUID;
}

/** The type of box that an exclusion leaves out wholly; null when it is of another kind. */
function excludedType(exclusion: unknown): string | null {
  if (!isMap(exclusion) || CONDITIONS.some((key) => exclusion.get(key) != null)) return null;
  const type = TOP_LEVEL.exec(String(exclusion.get('xpath')))?.[1] ?? null;
  const data = exclusion.get('data');
  const holds = type === 'uuid' ? isC2paUuid(data) : data == null;
  return holds ? type : null;
}

function readBinding(label: string, assertion: unknown): Binding | null {
  if (!isMap(assertion) || assertion.get('alg') !== 'sha256' || assertion.get('merkle') != null) return null;
  const [hash, exclusions] = [assertion.get('hash'), assertion.get('exclusions')];
  if (!(hash instanceof Uint8Array) || hash.length !== 32 || !Array.isArray(exclusions)) return null;
  const types = exclusions.map(excludedType);
  const excluded = new Set(types.filter((type) => type !== null));
  return types.includes(null) || !excluded.has('uuid') ? null : { label, hash, excluded };
}

/**
 * The binding of the active manifest.
 * @param jumbf a manifest store
 * @param active label of its active manifest
 * @returns null where it is of a kind that is left to the SDK: Merkle trees, parts of boxes, other algorithms,
 *   more than one hash
 */
export function bindingOf(jumbf: Uint8Array, active: string): Binding | null {
  const [only, more] = assertionsOf(jumbf, active).filter(({ label }) => label.startsWith('c2pa.hash.'));
  if (only === undefined || more !== undefined || !LABELS.includes(only.label) || only.cbor === null) return null;
  try {
    return readBinding(only.label, decode(only.cbor, OPTIONS));
  } catch {
    return null;
  }
}
