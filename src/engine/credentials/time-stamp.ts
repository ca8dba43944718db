/**
 * Does a time-stamp service chain to a list? For claims of version 1 the SDK accepts any service, so
 * its `timeStamp.trusted` means nothing there and the chain is checked here (RFC 3161, RFC 5652).
 */
import { ObjectIdentifier, Sequence, fromBER } from 'asn1js';
import { ContentInfo, ExtKeyUsage, SignedData, TSTInfo, TimeStampResp } from 'pkijs';
import type { Certificate, FindIssuerCallback } from 'pkijs';
import { parseCertificate } from './certificate';

const SIGNED_DATA = '1.2.840.113549.1.7.2';
const PLAIN_DATA = '1.2.840.113549.1.7.1';
const KEY_USAGES = '2.5.29.37';
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';
/** Real tokens have a handful, and as many steps from one to an anchor. */
const MAX_CERTIFICATES = 16;
const MAX_STEPS = 32;

function parse(der: Uint8Array): ReturnType<typeof fromBER>['result'] {
  return fromBER(der.slice().buffer).result;
}

/** The token itself; version 1 claims hold the service's whole answer (TimeStampResp) instead. */
function signedDataOf(token: Uint8Array): SignedData | null {
  const schema = parse(token);
  const [first] = schema instanceof Sequence ? schema.valueBlock.value : [];
  const isToken = first instanceof ObjectIdentifier;
  const content = isToken ? new ContentInfo({ schema }) : new TimeStampResp({ schema }).timeStampToken;
  return content?.contentType === SIGNED_DATA ? new SignedData({ schema: content.content as unknown }) : null;
}

function stampTime(signed: SignedData): Date | null {
  const inner = signed.encapContentInfo.eContent?.getValue();
  return inner === undefined ? null : new TSTInfo({ schema: fromBER(inner).result }).genTime;
}

/** Roots of time-stamp services issue other certificates, too. */
function isForStamps(certificate: Certificate | null | undefined): boolean {
  const usage: unknown = certificate?.extensions?.find((e) => e.extnID === KEY_USAGES)?.parsedValue;
  return usage instanceof ExtKeyUsage && usage.keyPurposes.includes(TIME_STAMPING);
}

/** The library follows certificates that certify each other in circles, for ever. */
function findIssuer(): FindIssuerCallback {
  let steps = 0;
  return async (certificate, engine, crypto) => {
    if (++steps > MAX_STEPS) throw new Error('no way to an anchor');
    return await engine.defaultFindIssuer(certificate, engine, crypto);
  };
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
    if (signed === null || checkDate === null || (signed.certificates?.length ?? 0) > MAX_CERTIFICATES) return false;
    // That the stamp is over this signature the SDK has checked (`timeStamp.validated`); as plain data the
    // library checks the token's own signature and chain, and doesn't ask for what was stamped.
    signed.encapContentInfo.eContentType = PLAIN_DATA;
    const result = await signed.verify({
      signer: 0,
      checkChain: true,
      checkDate,
      trustedCerts: anchors.map(parseCertificate),
      extendedMode: true,
      findIssuer: findIssuer(),
    });
    const isChained = result.signatureVerified === true && result.signerCertificateVerified === true;
    return isChained && isForStamps(result.signerCertificate);
  } catch {
    return false;
  }
}

/** Whether a certificate (DER) is within its own validity at this time; false when it can't be read. */
export function isValidAt(certificate: Uint8Array, time: Date): boolean {
  try {
    const { notBefore, notAfter } = parseCertificate(certificate);
    return notBefore.value <= time && time <= notAfter.value;
  } catch {
    return false;
  }
}
