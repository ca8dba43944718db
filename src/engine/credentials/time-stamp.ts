/**
 * Does a time-stamp service chain to a list? For claims of version 1 the SDK accepts any service, so
 * its `timeStamp.trusted` means nothing there and the chain is checked here (RFC 3161, RFC 5652).
 */
import { fromBER } from 'asn1js';
import { Certificate, ContentInfo, SignedData, TSTInfo } from 'pkijs';

const SIGNED_DATA = '1.2.840.113549.1.7.2';

function parse(der: Uint8Array): ReturnType<typeof fromBER>['result'] {
  return fromBER(der.slice().buffer).result;
}

function signedDataOf(token: Uint8Array): SignedData | null {
  const content = new ContentInfo({ schema: parse(token) });
  return content.contentType === SIGNED_DATA ? new SignedData({ schema: content.content as unknown }) : null;
}

function stampTime(signed: SignedData): Date | null {
  const inner = signed.encapContentInfo.eContent?.getValue();
  return inner === undefined ? null : new TSTInfo({ schema: fromBER(inner).result }).genTime;
}

/**
 * @param token a time-stamp token (CMS SignedData, DER)
 * @param anchors certificates that vouch for time-stamp services (DER)
 * @returns whether the token's signature verifies and its signer chains to an anchor at the stamp's own time
 */
export async function isStampTrusted(token: Uint8Array, anchors: Uint8Array[]): Promise<boolean> {
  try {
    const signed = signedDataOf(token);
    const checkDate = signed === null ? null : stampTime(signed);
    if (signed === null || checkDate === null) return false;
    const result = await signed.verify({
      signer: 0,
      checkChain: true,
      checkDate,
      trustedCerts: anchors.map((der) => new Certificate({ schema: parse(der) })),
      extendedMode: true,
    });
    return result.signatureVerified === true && result.signerCertificateVerified === true;
  } catch {
    return false;
  }
}
