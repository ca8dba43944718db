/**
 * Signers whose own certificate is on a list (the interim list's end-entity certificates). The SDK ignores
 * such lists, so the certificate is compared here and its issuer is given to the SDK as an anchor: the last
 * word stays with the SDK, which looks at the signature itself.
 */
import type { Certificate } from 'pkijs';
import { hex } from '../bytes/bytes';
import { fingerprint, parseCertificate } from './certificate';
import type { Signature } from './cose';
import { certificatesOf } from './pem';
import { activeOf } from './store';
import type { ManifestStore } from './store';

/** Serial number as the SDK writes it. */
const serialOf = (certificate: Certificate): string =>
  BigInt(`0x${hex(new Uint8Array(certificate.serialNumber.valueBlock.valueHexView))}`).toString();

export interface ListedSigners {
  /**
   * @param store as the SDK read it; it must have seen the same certificate as we
   * @returns the certificate (DER) that issued a listed signer's, out of the signature itself; else null
   */
  issuerOf(signature: Signature | null, store: ManifestStore): Promise<Uint8Array | null>;
}

/** @param pem the list */
export function listedSigners(pem: string): ListedSigners {
  const listed = Promise.all(certificatesOf(pem).map(fingerprint)).then((hashes) => new Set(hashes));
  return {
    issuerOf: async (signature, store) => {
      const [leaf, issuer] = signature?.certificates ?? [];
      if (leaf === undefined || issuer === undefined || !(await listed).has(await fingerprint(leaf))) return null;
      try {
        const certificate = parseCertificate(leaf);
        const seen = activeOf(store)?.signature_info?.cert_serial_number;
        return serialOf(certificate) === seen && (await certificate.verify(parseCertificate(issuer))) ? issuer : null;
      } catch {
        return null;
      }
    },
  };
}
