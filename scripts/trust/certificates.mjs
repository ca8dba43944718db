/** Certificates of a list, and how two states of it differ. */
import { X509Certificate } from 'node:crypto';

const BEGIN = '-----BEGIN CERTIFICATE-----';
const BLOCK = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

/** @throws {Error} for a text without certificates, or with one that can't be read */
export function certificatesIn(text, file) {
  const blocks = text.match(BLOCK) ?? [];
  if (blocks.length === 0) throw new Error(`${file} as it came holds no certificate.`);
  if (text.split(BEGIN).length - 1 !== blocks.length) throw new Error(`${file} as it came holds half a certificate.`);
  return blocks.map((block, index) => {
    try {
      return new X509Certificate(block);
    } catch {
      throw new Error(`Certificate ${index + 1} of ${file} as it came can't be read.`);
    }
  });
}

/** Names come from outside: on a terminal they are one line of letters. */
const lineOf = (sign, { subject, validTo, fingerprint256 }) =>
  `${sign} ${subject.replace(/\n/g, ', ').replace(/[\p{C}]/gu, '?')} (until ${validTo}, SHA-256 ${fingerprint256})`;

const without = (some, others) => {
  const known = new Set(others.map((certificate) => certificate.fingerprint256));
  return some.filter((certificate) => !known.has(certificate.fingerprint256));
};

/** One line for each that came or went. */
export function changes(before, after) {
  return [
    ...without(after, before).map((certificate) => lineOf('+', certificate)),
    ...without(before, after).map((certificate) => lineOf('-', certificate)),
  ];
}
