/** The claim signature's certificates and time-stamp tokens (RFC 9052, RFC 9360, C2PA 2.2). */
import { decode } from 'cborg';

export interface Signature {
  /** Signer's certificate first, as DER. */
  certificates: Uint8Array[];
  /** Time-stamp tokens (CMS, DER). */
  tokens: Uint8Array[];
}

const X5CHAIN = [33, 'x5chain'];
const STAMPS = ['sigTst', 'sigTst2'];
/** Chains, tokens and padding of real signatures are far smaller; a list of ten million numbers takes half a gigabyte. */
const MAX_SIGNATURE = 512 * 1024;
const OPTIONS = { useMaps: true, rejectDuplicateMapKeys: true };

const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array;
const isMap = (value: unknown): value is Map<unknown, unknown> => value instanceof Map;

function tokensOf(header: Map<unknown, unknown>): Uint8Array[] {
  return STAMPS.flatMap((name) => {
    const stamps = header.get(name);
    const list = isMap(stamps) ? stamps.get('tstTokens') : null;
    if (!Array.isArray(list)) return [];
    return list.map((entry) => (isMap(entry) ? entry.get('val') : null)).filter(isBytes);
  });
}

/**
 * Reads a COSE_Sign1.
 * @returns null when it can't be read
 */
export function readSignature(bytes: Uint8Array): Signature | null {
  if (bytes.length > MAX_SIGNATURE) return null;
  try {
    // Tag 18 (COSE_Sign1) is one byte in front of the array.
    const sign1: unknown = decode(bytes[0] === 0xd2 ? bytes.subarray(1) : bytes, OPTIONS);
    if (!Array.isArray(sign1) || !isBytes(sign1[0]) || !isMap(sign1[1])) return null;
    const protectedHeader: unknown = sign1[0].length === 0 ? new Map() : decode(sign1[0], OPTIONS);
    const headers = [protectedHeader, sign1[1]].filter(isMap);
    const chains: unknown[] = headers.flatMap((h) => X5CHAIN.map((name) => h.get(name))).filter((v) => v !== undefined);
    // Two chains: another reader may go by the other one. Then there is none.
    const chain = chains.length === 1 ? chains[0] : null;
    const certificates = (Array.isArray(chain) ? chain : [chain]).filter(isBytes);
    return { certificates, tokens: headers.flatMap(tokensOf) };
  } catch {
    return null;
  }
}
