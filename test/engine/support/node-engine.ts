/** The file lanes in Node: the same code as in the extension's worker, with files read from disk. */
import { readFileSync } from 'node:fs';
import type { Credentials, Disclosure } from '../../../src/contract/label';
import { blobSource } from '../../../src/engine/bytes/blob-source';
import { frugalSource } from '../../../src/engine/bytes/frugal-source';
import { readCredentials } from '../../../src/engine/credentials/read';
import { createReader } from '../../../src/engine/credentials/reader';
import type { CredentialsReader, ReaderOptions } from '../../../src/engine/credentials/reader';
import { readDisclosures } from '../../../src/engine/disclosures/read';

export const never = new AbortController().signal;
const list = (file: string): string => readFileSync(`public/trust/${file}`, 'utf8');

export const shippedLists = (): ReaderOptions['trust'] => ({
  c2pa: list('C2PA-TRUST-LIST.pem'),
  tsa: list('C2PA-TSA-TRUST-LIST.pem'),
  interim: list('interim-anchors.pem'),
  interimAllowed: list('interim-allowed.pem'),
  storeCfg: list('store.cfg'),
});

const readers = new Map<string, CredentialsReader>();

/** A reader with the shipped lists, with anchors of the user where given, and at the time of our own checks. */
export function readerInNode(user?: ReaderOptions['user'], now?: Date): CredentialsReader {
  const key = JSON.stringify([user ?? null, now ?? null]);
  const known = readers.get(key);
  if (known !== undefined) return known;
  const wasm = readFileSync('node_modules/@contentauth/c2pa-wasm/pkg/c2pa_bg.wasm');
  const reader = createReader({
    wasm,
    trust: shippedLists(),
    ...(user === undefined ? {} : { user }),
    ...(now === undefined ? {} : { now: () => now }),
  });
  readers.set(key, reader);
  return reader;
}

export async function readInNode(path: string, reader: CredentialsReader): Promise<Credentials> {
  return await readCredentials(blobSource(new Blob([readFileSync(path)]), path), () => Promise.resolve(reader), {
    limitBytes: 256_000_000,
    signal: never,
    onStatement: () => undefined,
    onProgress: () => undefined,
    onVerify: () => undefined,
  });
}

export async function labelsInNode(
  path: string,
  reader: CredentialsReader,
): Promise<{ credentials: Credentials; disclosures: Disclosure[] }> {
  return {
    credentials: await readInNode(path, reader),
    disclosures: await readDisclosures(blobSource(new Blob([readFileSync(path)]), path), never),
  };
}

/** Bytes of all blocks that both lanes ask for of a file without a manifest. */
export async function readBytesInNode(path: string): Promise<number> {
  const { source, spent } = frugalSource(blobSource(new Blob([readFileSync(path)]), path));
  await readDisclosures(source, never);
  await readCredentials(source, () => Promise.resolve(null), {
    limitBytes: 0,
    signal: never,
    onStatement: () => undefined,
    onProgress: () => undefined,
    onVerify: () => undefined,
  });
  return spent();
}
