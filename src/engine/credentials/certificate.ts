/** X.509 certificates (DER). */
import { fromBER } from 'asn1js';
import { Certificate } from 'pkijs';
import { hex } from '../bytes/bytes';

/** @throws {Error} for bytes that are no certificate */
export const parseCertificate = (der: Uint8Array): Certificate =>
  new Certificate({ schema: fromBER(der.slice().buffer).result });

/** The certificate's fingerprint, in hex. */
export async function fingerprint(der: Uint8Array): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', der.slice())));
}
