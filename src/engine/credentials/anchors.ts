/**
 * Which certificates of a text can be anchors. The SDK silently ignores one that it can't use, so each
 * is checked here: a person who adds one must hear of it.
 */
import type { Certificate, RelativeDistinguishedNames } from 'pkijs';
import { BasicConstraints } from 'pkijs';
import type { Anchor, AnchorsFound } from '../../contract/anchors';
import type { AnchorReason } from '../../contract/reasons';
import { startOf } from '../../contract/start-of';
import { fingerprint, parseCertificate } from './certificate';
import { TrustListError, certificatesOf, toPem } from './pem';

const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;
const BEGIN = '-----BEGIN CERTIFICATE-----';
const BASIC_CONSTRAINTS = '2.5.29.19';
const KEY_USAGE = '2.5.29.15';
/** Bit 5 of the key's uses: to sign certificates. */
const SIGNS_CERTIFICATES = 0x04;
const MAX_SUBJECT = 200;
const NAMES: Record<string, string> = { '2.5.4.3': 'CN', '2.5.4.10': 'O', '2.5.4.11': 'OU', '2.5.4.6': 'C' };

function nameOf(subject: RelativeDistinguishedNames): string {
  const parts = subject.typesAndValues.map(({ type, value }) => `${NAMES[type] ?? type}=${value.valueBlock.value}`);
  return startOf(parts.join(', '), MAX_SUBJECT);
}

/** Whether it may issue certificates; one that says nothing of its key's uses may use it for all. */
function isCa({ extensions = [] }: Certificate): boolean {
  const valueOf = (id: string): unknown => extensions.find((e) => e.extnID === id)?.parsedValue;
  const constraints = valueOf(BASIC_CONSTRAINTS);
  const usage = valueOf(KEY_USAGE) as { valueBlock: { valueHexView: Uint8Array } } | undefined;
  const [uses = 0] = usage?.valueBlock.valueHexView ?? [SIGNS_CERTIFICATES];
  return constraints instanceof BasicConstraints && constraints.cA && (uses & SIGNS_CERTIFICATES) !== 0;
}

function reasonAgainst(certificate: Certificate, now: Date): AnchorReason | null {
  if (!isCa(certificate)) return 'not-a-ca';
  if (certificate.notAfter.value < now) return 'anchor-expired';
  return certificate.notBefore.value > now ? 'anchor-too-early' : null;
}

function parsed(der: Uint8Array): Certificate | null {
  try {
    return parseCertificate(der);
  } catch {
    return null;
  }
}

const broken = (reason: AnchorReason): AnchorsFound => ({ fault: { reason, subject: null } });

/** Certificates (DER) of a text, or why there are none. */
function blocksOf(text: string): Uint8Array[] | AnchorReason {
  if (PRIVATE_KEY.test(text)) return 'private-key';
  if (!text.includes(BEGIN)) return 'no-certificate';
  try {
    return certificatesOf(text);
  } catch (error) {
    if (error instanceof TrustListError) return 'broken-certificate';
    throw error;
  }
}

/** Anchors of a text (PEM); all of them, or what is wrong with the first that is none. */
export async function anchorsIn(text: string, now: Date): Promise<AnchorsFound> {
  const blocks = blocksOf(text);
  if (typeof blocks === 'string') return broken(blocks);
  const anchors: Anchor[] = [];
  for (const der of blocks) {
    const certificate = parsed(der);
    if (certificate === null) return broken('broken-certificate');
    const subject = nameOf(certificate.subject);
    const reason = reasonAgainst(certificate, now);
    if (reason !== null) return { fault: { reason, subject } };
    const expires = certificate.notAfter.value.toISOString();
    anchors.push({ pem: toPem([der]), subject, expires, sha256: await fingerprint(der) });
  }
  return { anchors };
}

/** Those of some texts that are anchors now, as one PEM; '' when none is. One that has expired since vouches no more. */
export async function usableAnchors(texts: readonly string[], now: Date): Promise<string> {
  const found = await Promise.all(texts.map((text) => anchorsIn(text, now)));
  return found.flatMap((f) => ('anchors' in f ? f.anchors.map((a) => a.pem) : [])).join('');
}
