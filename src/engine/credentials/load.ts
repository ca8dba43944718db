/** Starts the verifier from the extension's own files, once, and tries it before it is used. */
import { ownModule } from '../own-files';
import { usableAnchors } from './anchors';
import { createReader } from './reader';
import type { CredentialsReader } from './reader';
import { selfTest } from './self-test';

type ReaderWith = (signers: string) => CredentialsReader;

const textOf = async (path: string): Promise<string> => await (await fetch(path)).text();

/** @returns makes readers that trust these signers (PEM) beside the lists */
async function start(): Promise<ReaderWith | null> {
  try {
    const [c2pa, tsa, interim, interimAllowed, storeCfg, root] = await Promise.all(
      [
        '/trust/C2PA-TRUST-LIST.pem',
        '/trust/C2PA-TSA-TRUST-LIST.pem',
        '/trust/interim-anchors.pem',
        '/trust/interim-allowed.pem',
        '/trust/store.cfg',
        '/selftest/root.pem',
      ].map(textOf),
    );
    const trust = { c2pa, tsa, interim, interimAllowed, storeCfg } as Parameters<typeof createReader>[0]['trust'];
    const wasm = await ownModule('/wasm/c2pa.wasm');
    const sample = await (await fetch('/selftest/sample.mp4')).blob();
    const readerWith: ReaderWith = (signers) =>
      createReader({ wasm, trust, ...(signers === '' ? {} : { user: { signers, timeStamps: '' } }) });
    return (await selfTest(sample, readerWith(root ?? ''), readerWith(''))) === null ? readerWith : null;
  } catch {
    return null;
  }
}

let started: Promise<ReaderWith | null> | null = null;
let last: { signers: string; reader: CredentialsReader } | null = null;

/**
 * @param anchors of the user's and the organisation's own (PEM); those that can't be anchors are left out
 * @returns null when the verifier can't be started or fails its self-test: the lane refuses to run
 */
export async function loadReader(anchors: readonly string[]): Promise<CredentialsReader | null> {
  started ??= start();
  const readerWith = await started;
  if (readerWith === null) return null;
  const signers = await usableAnchors(anchors, new Date());
  if (last?.signers !== signers) last = { signers, reader: readerWith(signers) };
  return last.reader;
}
