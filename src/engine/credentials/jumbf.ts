/**
 * Just enough of JUMBF (ISO 19566-5) to find the claim signature of the active manifest. What is laid out in any way that
 * another reader could take for something else is not read: the two would go by different manifests.
 */
import { latin, text, u32, u64 } from '../bytes/bytes';

interface Part {
  type: string;
  /** Of a superbox: its type, four letters, and its label. */
  kind: string;
  label: string;
  body: Uint8Array;
  children: Part[];
}

const SUPER = 'jumb';
const DESCRIPTION = 'jumd';
/** What manifests are made of; no compressed boxes. */
const CONTENTS = ['cbor', 'json', 'bfdb', 'bidb', 'uuid', 'free', 'c2sh'];
const MAX_DEPTH = 8;

/** Of a description box: 16 bytes type, 1 byte flags, then a NUL-ended label. */
function described(body: Uint8Array): { kind: string; label: string } | null {
  const behind = body.indexOf(0, 17);
  return behind < 0 ? null : { kind: latin(body, 0, 4), label: text(body.subarray(17, behind)) };
}

/** The boxes that these bytes are, to the last byte; null where they are not, or hold what can't be known. */
function partsOf(bytes: Uint8Array, depth: number): Part[] | null {
  const parts: Part[] = [];
  for (let at = 0; at < bytes.length;) {
    const size = at + 8 <= bytes.length ? u32(bytes, at) : 0;
    if (size < 8 || at + size > bytes.length) return null;
    const part = partOf(latin(bytes, at + 4, at + 8), bytes.subarray(at + 8, at + size), depth);
    if (part === null) return null;
    parts.push(part);
    at += size;
  }
  return parts;
}

function partOf(type: string, body: Uint8Array, depth: number): Part | null {
  const plain = { type, kind: '', label: '', body, children: [] };
  if (type === DESCRIPTION || CONTENTS.includes(type)) return plain;
  if (type !== SUPER || depth > MAX_DEPTH) return null;
  const [description, ...children] = partsOf(body, depth + 1) ?? [];
  const own = description?.type === DESCRIPTION ? described(description.body) : null;
  if (own === null || children.some((child) => child.type === DESCRIPTION)) return null;
  return { ...plain, ...own, children };
}

/** The only child of this label and kind: where there are two, another reader may go by the other one. */
function childOf(parent: Part | null, label: string, kinds: readonly string[]): Part | null {
  const [found, more] = parent?.children.filter((child) => child.label === label) ?? [];
  return found === undefined || more !== undefined || !kinds.includes(found.kind) ? null : found;
}

/** The manifest store; it may have padding behind it. */
function storeIn(bytes: Uint8Array): Part | null {
  const size = bytes.length < 8 ? 0 : u32(bytes, 0);
  const [store] = size > bytes.length ? [] : (partsOf(bytes.subarray(0, size), 0) ?? []);
  return store?.kind === 'c2pa' ? store : null;
}

/** The only CBOR content of a superbox. */
function cborIn(parent: Part | null): Uint8Array | null {
  const [cbor, more] = parent?.children ?? [];
  return cbor?.type !== 'cbor' || more !== undefined ? null : cbor.body;
}

/**
 * Bytes of the claim signature (COSE_Sign1) of a manifest store.
 * @param bytes a JUMBF manifest store
 * @param active label of the active manifest
 * @returns null when it is not there, or can't be told for sure
 */
export function signatureOf(bytes: Uint8Array, active: string): Uint8Array | null {
  const manifest = childOf(storeIn(bytes), active, ['c2ma', 'c2um', 'c2md']);
  return cborIn(childOf(manifest, 'c2pa.signature', ['c2cs']));
}

export interface C2paBox {
  jumbf: Uint8Array<ArrayBuffer>;
  purpose: 'manifest' | 'original' | 'update';
  /** Offset in the file of the first Merkle box; 0 when there is none. */
  merkleOffset: number;
}

/** Longest head of a C2PA box: version and flags, purpose, offset. */
export const C2PA_HEAD = 4 + 64 + 8;

/** The purpose, and where the head ends; null when no manifest store follows. */
function storeHead(body: Uint8Array): { purpose: C2paBox['purpose']; start: number } | null {
  const nul = body.indexOf(0, 4);
  if (nul < 0 || nul > 64) return null;
  const purpose = latin(body, 4, nul);
  const isStore = purpose === 'manifest' || purpose === 'original' || purpose === 'update';
  return isStore ? { purpose, start: nul + 1 + 8 } : null;
}

/** @param head the first bytes of the body, `C2PA_HEAD` where there are as many */
export const holdsStore = (head: Uint8Array): boolean => storeHead(head) !== null;

/**
 * A C2PA `uuid` box: 4 bytes version and flags, a NUL-ended purpose, 8 bytes offset of the first Merkle
 * box, then the manifest store as JUMBF (C2PA 2.2, A.5.1).
 * @param body of the box, after the UUID
 * @returns null when there is no manifest store in it
 */
export function readC2paBox(body: Uint8Array): C2paBox | null {
  const head = storeHead(body);
  if (head === null) return null;
  const { purpose, start } = head;
  return { jumbf: body.slice(start), purpose, merkleOffset: u64(body, start - 8) };
}
