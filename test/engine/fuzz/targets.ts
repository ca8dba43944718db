/** The readers that mutated bytes go through, and what counts as wrong with their answers. */
import { readFileSync } from 'node:fs';
import { CREDENTIAL_STATES, DISCLOSURE_KINDS } from '../../../src/contract/label';
import type { Credentials, Disclosure } from '../../../src/contract/label';
import { emptyCredentials } from '../../../src/contract/lanes';
import { blobSource } from '../../../src/engine/bytes/blob-source';
import { parseXmp } from '../../../src/engine/bytes/xmp';
import { readSignature } from '../../../src/engine/credentials/cose';
import { readC2paBox, signatureOf } from '../../../src/engine/credentials/jumbf';
import { TrustListError, certificatesOf } from '../../../src/engine/credentials/pem';
import { readCredentials } from '../../../src/engine/credentials/read';
import type { CredentialsReader } from '../../../src/engine/credentials/reader';
import { isStampTrusted, isValidAt } from '../../../src/engine/credentials/time-stamp';
import { aigcLabel } from '../../../src/engine/disclosures/aigc-label';
import { comfyUi } from '../../../src/engine/disclosures/comfyui';
import { readDisclosures } from '../../../src/engine/disclosures/read';
import { never } from '../support/node-engine';
import type { Bytes } from './bytes';

/** Label of the first manifest of a store. */
export const activeLabel = (jumbf: Uint8Array): string =>
  /urn:[\w:-]+/.exec(Buffer.from(jumbf).toString('latin1'))?.[0] ?? '';

/** Goes through the readers of the manifest store, as the real one does, without the SDK. */
const parsersOnly: CredentialsReader = {
  claim: (jumbf) => {
    readStore(jumbf);
    return Promise.resolve(null);
  },
  matched: () => Promise.resolve(emptyCredentials('malformed')),
  judge: () => Promise.resolve(emptyCredentials('malformed')),
};

function readStore(jumbf: Uint8Array): void {
  const cose = signatureOf(jumbf, activeLabel(jumbf));
  if (cose !== null) readSignature(cose);
}

export async function credentialsOf(bytes: Bytes, reader: CredentialsReader): Promise<Credentials> {
  return await readCredentials(blobSource(new Blob([bytes]), 'fuzz'), () => Promise.resolve(reader), {
    limitBytes: 10_000_000,
    signal: never,
    onStatement: () => undefined,
    onProgress: () => undefined,
    onVerify: () => undefined,
  });
}

const odd = (found: Disclosure[]): string | null => {
  const one = found.find(({ kind, value }) => !DISCLOSURE_KINDS.includes(kind) || value.length > 600);
  return one === undefined ? null : `disclosure ${one.kind}`;
};

async function readFile(bytes: Bytes): Promise<string | null> {
  const { state, detail } = await credentialsOf(bytes, parsersOnly);
  if (!CREDENTIAL_STATES.includes(state)) return `state ${state}`;
  if (/Error/.test(detail ?? '')) return detail;
  return odd(await readDisclosures(blobSource(new Blob([bytes]), 'fuzz'), never));
}

function readPem(bytes: Bytes): void {
  try {
    certificatesOf(Buffer.from(bytes).toString('latin1'));
  } catch (error) {
    if (!(error instanceof TrustListError)) throw error;
  }
}

function readStatement(bytes: Bytes): string | null {
  const value = Buffer.from(bytes).toString();
  const items = ['AIGC', 'prompt', ''].map((key) => ({ where: 'test', key, value }));
  const facts = { items, xmp: [], sei: [] };
  return odd([...aigcLabel(facts), ...comfyUi(facts)]);
}

const anchors = certificatesOf(readFileSync('test/fixtures/tsa-root.pem', 'utf8'));

/** By the kind of bytes. Each gives what is wrong with the answer, or nothing. */
const TARGETS = {
  file: readFile,
  store: (bytes) => {
    readC2paBox(bytes);
    readStore(bytes);
  },
  signature: (bytes) => void readSignature(bytes),
  certificate: (bytes) => void isValidAt(bytes, new Date(0)),
  token: async (bytes) => void (await isStampTrusted(bytes, anchors)),
  xmp: (bytes) => void parseXmp(bytes),
  statement: readStatement,
  pem: readPem,
} satisfies Record<string, (bytes: Bytes) => Promise<string | null | void> | string | null | void>;
export type Target = keyof typeof TARGETS;

/** Longest that readers may take for one file. */
export const SLOW_MS = 1_000;

export interface Outcome {
  /** Time of the clock, or of the processor where that is less: other programs take their share of the first. */
  ms: number;
  complaint: string | null;
}

/** Reads bytes; what throws is a complaint, and so is what takes too long twice: the machine may have been busy. */
export async function outcomeOf(target: Target, bytes: Bytes, chances = 2): Promise<Outcome> {
  const begun = performance.now();
  const used = process.cpuUsage();
  let complaint: string | null;
  try {
    complaint = (await TARGETS[target](bytes)) ?? null;
  } catch (error) {
    complaint = `thrown: ${String(error)}`;
  }
  const { user, system } = process.cpuUsage(used);
  const ms = Math.min(performance.now() - begun, (user + system) / 1_000);
  if (ms <= SLOW_MS || complaint !== null) return { ms, complaint };
  if (chances > 1) return await outcomeOf(target, bytes, chances - 1);
  return { ms, complaint: `slow: ${ms.toFixed(0)} ms` };
}
