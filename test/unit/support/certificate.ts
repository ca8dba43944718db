/** A self-signed certificate made for one test. */
import { BitString, Integer, Utf8String } from 'asn1js';
import { AttributeTypeAndValue, BasicConstraints, Certificate, Extension } from 'pkijs';
import { toPem } from '../../../src/engine/credentials/pem';

export interface Wanted {
  subject?: string;
  from?: Date;
  to?: Date;
  ca?: boolean;
  /** First byte of the key's uses; without one the certificate names none. */
  usage?: number;
}

const extension = (extnID: string, value: { toBER(): ArrayBuffer }, parsedValue: unknown): Extension =>
  new Extension({ extnID, critical: true, extnValue: value.toBER(), parsedValue });

/** @returns the certificate as PEM */
export async function makeCertificate({ subject = 'Root', from, to, ca = true, usage = 4 }: Wanted): Promise<string> {
  const { publicKey, privateKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ]);
  const certificate = new Certificate({ version: 2, serialNumber: new Integer({ value: 7 }) });
  const name = new AttributeTypeAndValue({ type: '2.5.4.3', value: new Utf8String({ value: subject }) });
  certificate.subject.typesAndValues.push(name);
  certificate.issuer.typesAndValues.push(name);
  certificate.notBefore.value = from ?? new Date('2024-01-01T00:00:00Z');
  certificate.notAfter.value = to ?? new Date('2049-01-01T00:00:00Z');
  const constraints = new BasicConstraints({ cA: ca });
  const uses = new BitString({ valueHex: Uint8Array.of(usage).buffer });
  certificate.extensions = [
    extension('2.5.29.19', constraints.toSchema(), constraints),
    extension('2.5.29.15', uses, uses),
  ];
  await certificate.subjectPublicKeyInfo.importKey(publicKey);
  await certificate.sign(privateKey, 'SHA-256');
  return toPem([new Uint8Array(certificate.toSchema(true).toBER())]);
}
