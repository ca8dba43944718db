/** Starts the verifier from the extension's own files, once, and tries it before it is used. */
import { createReader } from './reader';
import type { CredentialsReader } from './reader';
import { selfTest } from './self-test';

const textOf = async (path: string): Promise<string> => await (await fetch(path)).text();

async function start(): Promise<CredentialsReader | null> {
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
    const wasm = await WebAssembly.compileStreaming(fetch('/wasm/c2pa.wasm'));
    const sample = await (await fetch('/selftest/sample.mp4')).blob();
    const reader = createReader({ wasm, trust });
    const withRoot = createReader({ wasm, trust, user: { signers: root ?? '', timeStamps: '' } });
    return (await selfTest(sample, withRoot, reader)) === null ? reader : null;
  } catch {
    return null;
  }
}

let started: Promise<CredentialsReader | null> | null = null;

/** @returns null when the verifier can't be started or fails its self-test: the lane refuses to run */
export function loadReader(): Promise<CredentialsReader | null> {
  started ??= start();
  return started;
}
