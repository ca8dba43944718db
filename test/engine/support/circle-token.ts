/** A time-stamp token whose certificates certify each other, so that the way to an anchor has no end. */
import { Integer, OctetString, Utf8String } from 'asn1js';
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  BasicConstraints,
  Certificate,
  ContentInfo,
  EncapsulatedContentInfo,
  Extension,
  IssuerAndSerialNumber,
  MessageImprint,
  SignedData,
  SignerInfo,
  TSTInfo,
} from 'pkijs';

const EC = { name: 'ECDSA', namedCurve: 'P-256' };
const pair = async (): Promise<CryptoKeyPair> => await crypto.subtle.generateKey(EC, true, ['sign', 'verify']);
const named = (value: string): AttributeTypeAndValue =>
  new AttributeTypeAndValue({ type: '2.5.4.3', value: new Utf8String({ value }) });
const octets = (bytes: Uint8Array): OctetString => new OctetString({ valueHex: bytes.slice().buffer });

let serial = 0;
async function certificate(name: string, of: CryptoKeyPair, by: CryptoKeyPair, cA: boolean): Promise<Certificate> {
  const made = new Certificate();
  made.version = 2;
  made.serialNumber = new Integer({ value: ++serial });
  made.issuer.typesAndValues.push(named('Circle'));
  made.subject.typesAndValues.push(named(name));
  made.notBefore.value = new Date('2024-01-01T00:00:00Z');
  made.notAfter.value = new Date('2049-01-01T00:00:00Z');
  const extnValue = new BasicConstraints({ cA }).toSchema().toBER();
  made.extensions = [new Extension({ extnID: '2.5.29.19', critical: true, extnValue })];
  await made.subjectPublicKeyInfo.importKey(of.publicKey);
  await made.sign(by.privateKey, 'SHA-256');
  return Certificate.fromBER(made.toSchema(true).toBER());
}

function stamp(): EncapsulatedContentInfo {
  const sha256 = new AlgorithmIdentifier({ algorithmId: '2.16.840.1.101.3.4.2.1' });
  const messageImprint = new MessageImprint({ hashAlgorithm: sha256, hashedMessage: octets(new Uint8Array(32)) });
  const genTime = new Date('2026-01-01T00:00:00Z');
  const info = new TSTInfo({ version: 1, policy: '2.5.29.32.0', messageImprint, serialNumber: new Integer({ value: 1 }), genTime }); // prettier-ignore
  const content = new EncapsulatedContentInfo({ eContentType: '1.2.840.113549.1.9.16.1.4' });
  content.eContent = octets(new Uint8Array(info.toSchema().toBER()));
  return content;
}

/** @param keys how many certify each other, each all others */
export async function circleToken(keys: number): Promise<Uint8Array> {
  const [first, ...others] = await Promise.all(Array.from({ length: keys }, pair));
  if (first === undefined) throw new Error('no key');
  const pairs = [first, ...others];
  const own = await pair();
  const signer = await certificate('Service', own, first, false);
  const circle = pairs.flatMap((of) =>
    pairs.filter((by) => by !== of).map((by) => certificate('Circle', of, by, true)),
  );
  const sid = new IssuerAndSerialNumber({ issuer: signer.issuer, serialNumber: signer.serialNumber });
  const cms = new SignedData({
    version: 3,
    encapContentInfo: stamp(),
    signerInfos: [new SignerInfo({ version: 1, sid })],
    certificates: [...(await Promise.all(circle)), signer],
  });
  await cms.sign(own.privateKey, 0, 'SHA-256');
  const token = new ContentInfo({ contentType: '1.2.840.113549.1.7.2', content: cms.toSchema(true) });
  return new Uint8Array(token.toSchema().toBER());
}
