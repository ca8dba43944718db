/** C11: a Merkle map that doesn't bind the init segment proves nothing, however well it is signed. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Credentials } from '../../src/contract/label';
import { readFragment } from '../../src/engine/credentials/fragment';
import { credentialsOf } from './fuzz/targets';
import { never, readerInNode } from './support/node-engine';
import { OpenBlob, OpenReader } from './support/open-blob';

type Bytes = Uint8Array<ArrayBuffer>;

const folder = mkdtempSync(join(tmpdir(), 'assay-merkle-'));
const made = (name: string): Bytes => new Uint8Array(readFileSync(join(folder, name)));
const reader = (): ReturnType<typeof readerInNode> =>
  readerInNode({ signers: readFileSync(join(folder, 'root.pem'), 'utf8'), timeStamps: '' });
const stateOf = async (init: Bytes, fragment: Bytes): Promise<Credentials['state']> =>
  (await readFragment(init, fragment, reader(), never)).state;

/** One bit is other, in the middle of the last box of a type. */
function flipped(bytes: Bytes, type: string): Bytes {
  const out = bytes.slice();
  const at = Buffer.from(out).lastIndexOf(type) + 40;
  out[at] = (out[at] ?? 0) ^ 1;
  return out;
}

beforeAll(() => {
  vi.stubGlobal('Blob', OpenBlob);
  vi.stubGlobal('FileReaderSync', OpenReader);
  execFileSync(process.execPath, ['test/engine/support/merkle-file.mjs', folder]);
});
afterAll(() => {
  vi.unstubAllGlobals();
  rmSync(folder, { recursive: true });
});

test('a map that binds both proves the fragment', async () => {
  expect(await stateOf(made('whole.mp4'), made('fragment.m4s'))).toBe('trusted-user');
});

test.each([
  ['another fragment', (init: Bytes, fragment: Bytes) => [init, flipped(fragment, 'mdat')] as const],
  ['another init segment', (init: Bytes, fragment: Bytes) => [flipped(init, 'mvhd'), fragment] as const],
])('and nothing of %s', async (_, change) => {
  expect(await stateOf(...change(made('whole.mp4'), made('fragment.m4s')))).toMatch(/^(changed|malformed)$/);
});

describe('a map without initHash', () => {
  test.each([
    ['as it was signed', (init: Bytes) => init],
    ['with another init segment', (init: Bytes) => flipped(init, 'mvhd')],
  ])('%s', async (_, change) => {
    expect(await stateOf(change(made('open.mp4')), made('fragment.m4s'))).toBe('malformed');
  });
  test.each([
    ['as one file', (): Bytes => new Uint8Array(Buffer.concat([made('open.mp4'), made('fragment.m4s')]))],
    ['the init segment alone', () => made('open.mp4')],
  ])('%s', async (_, make) => {
    expect((await credentialsOf(make(), reader())).state).toMatch(/^(changed|malformed|unverified)$/);
  });
});
