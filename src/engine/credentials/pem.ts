/** Certificates in PEM. The SDK ignores broken ones silently, so they are checked here. */

const BLOCK = /-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----/g;

/** A list of ours that can't be read: a fault of ours, never a state of a file. */
export class TrustListError extends Error {}

/**
 * Certificates of a PEM text as DER.
 * @throws {TrustListError} when there is none, a block is cut, or a block is no certificate
 */
export function certificatesOf(pem: string): Uint8Array<ArrayBuffer>[] {
  const blocks = [...pem.matchAll(BLOCK)];
  const begins = pem.split('-----BEGIN CERTIFICATE-----').length - 1;
  if (blocks.length === 0 || blocks.length !== begins) throw new TrustListError('no whole certificate');
  return blocks.map(([, body]) => {
    let der: Uint8Array<ArrayBuffer>;
    try {
      der = Uint8Array.from(atob((body ?? '').replace(/\s+/g, '')), (c) => c.charCodeAt(0));
    } catch {
      throw new TrustListError('broken base64');
    }
    // A certificate is a DER sequence with a two-byte length that spans it all.
    if (der[0] !== 0x30 || der[1] !== 0x82 || (((der[2] ?? 0) << 8) | (der[3] ?? 0)) + 4 !== der.length) {
      throw new TrustListError('not a certificate');
    }
    return der;
  });
}

/** PEM of certificates. */
export function toPem(certificates: Uint8Array[]): string {
  return certificates
    .map((der) => {
      const base64 = btoa(String.fromCharCode(...der));
      return `-----BEGIN CERTIFICATE-----\n${base64.replace(/(.{64})/g, '$1\n').trimEnd()}\n-----END CERTIFICATE-----\n`;
    })
    .join('');
}
