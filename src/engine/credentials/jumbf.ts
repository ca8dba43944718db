/** Just enough of JUMBF (ISO 19566-5) to find the claim signature and the assertions of the active manifest. */
import { boxesIn } from '../bytes/boxes';
import type { Box } from '../bytes/boxes';
import { latin, text, u64 } from '../bytes/bytes';

interface Super {
  label: string;
  children: Box[];
}

/** Label of a description box: 16 bytes type, 1 byte flags, then a NUL-ended label. */
function labelOf(body: Uint8Array): string {
  const behind = body.indexOf(0, 17);
  return behind < 0 ? '' : text(body.subarray(17, behind));
}

function superBox(box: Box, bytes: Uint8Array): Super | null {
  if (box.type !== 'jumb') return null;
  const [description, ...children] = boxesIn(bytes.subarray(box.body, box.end), box.body);
  if (description?.type !== 'jumd') return null;
  return { label: labelOf(bytes.subarray(description.body, description.end)), children };
}

/** The only child of this label: where there are two, another reader may go by the other one. */
function childOf(parent: Super | null, label: string, bytes: Uint8Array): Super | null {
  const found = (parent?.children ?? []).map((b) => superBox(b, bytes)).filter((b) => b?.label === label);
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** The active manifest; null when it can't be told for sure. */
function manifestIn(bytes: Uint8Array, active: string): Super | null {
  const [storeBox] = boxesIn(bytes, 0);
  return childOf(storeBox === undefined ? null : superBox(storeBox, bytes), active, bytes);
}

/** The only CBOR content of a superbox. */
function cborIn(parent: Super | null, bytes: Uint8Array): Uint8Array | null {
  const [cbor, more] = parent?.children.filter((b) => b.type === 'cbor') ?? [];
  return cbor === undefined || more !== undefined ? null : bytes.subarray(cbor.body, cbor.end);
}

/**
 * Assertions of a manifest.
 * @returns label and CBOR content of each; content of another kind is null
 */
export function assertionsOf(bytes: Uint8Array, active: string): { label: string; cbor: Uint8Array | null }[] {
  const all = childOf(manifestIn(bytes, active), 'c2pa.assertions', bytes)?.children ?? [];
  return all.flatMap((box) => {
    const assertion = superBox(box, bytes);
    return assertion === null ? [] : [{ label: assertion.label, cbor: cborIn(assertion, bytes) }];
  });
}

/**
 * Bytes of the claim signature (COSE_Sign1) of a manifest store.
 * @param bytes a JUMBF manifest store
 * @param active label of the active manifest
 * @returns null when it is not there
 */
export function signatureOf(bytes: Uint8Array, active: string): Uint8Array | null {
  return cborIn(childOf(manifestIn(bytes, active), 'c2pa.signature', bytes), bytes);
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
