/** Signed files that are laid out in unusual ways, and servers that have another file the second time. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Credentials } from '../../src/contract/label';
import { blobSource } from '../../src/engine/bytes/blob-source';
import type { ByteSource } from '../../src/engine/bytes/source';
import { readCredentials } from '../../src/engine/credentials/read';
import type { CredentialsReader } from '../../src/engine/credentials/reader';
import { join as joined } from './fuzz/bytes';
import type { Bytes } from './fuzz/bytes';
import { box } from './fuzz/make';
import { never, readerInNode } from './support/node-engine';

const folder = mkdtempSync(join(tmpdir(), 'assay-odd-'));
const made = (name: string): Bytes => new Uint8Array(readFileSync(join(folder, name)));
const pem = (name: string): string => readFileSync(join(folder, `${name}.pem`), 'utf8');
const C2PA = Buffer.from('d8fec3d61b0e483c92975828877ec481', 'hex');

beforeAll(() => {
  execFileSync(process.execPath, ['test/engine/support/odd-files.mjs', folder]);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Read {
  credentials: Credentials;
  statement: Credentials | null;
  /** The SDK went through the whole file. */
  verified: boolean;
}

async function read(source: ByteSource, reader: CredentialsReader): Promise<Read> {
  let statement: Credentials | null = null;
  let verified = false;
  const credentials = await readCredentials(source, () => Promise.resolve(reader), {
    limitBytes: 256_000_000,
    signal: never,
    onStatement: (s) => {
      statement = s;
    },
    onProgress: () => undefined,
    onVerify: () => {
      verified = true;
    },
  });
  return { credentials, statement, verified };
}
const sourceOf = (bytes: Bytes): ByteSource => blobSource(new Blob([bytes]), 'odd');
/** The second file is what comes once all of it is asked for. */
const swapped = (first: string, then: string): ByteSource => {
  const { whole, pass } = sourceOf(made(then));
  return { ...sourceOf(made(first)), whole, pass };
};
const signers = (): CredentialsReader => readerInNode({ signers: pem('root'), timeStamps: '' });

describe('the manifest', () => {
  test('behind the media: found, and no reason to go through the file', async () => {
    const { credentials, statement, verified } = await read(sourceOf(made('behind.mp4')), signers());
    expect(credentials).toMatchObject({ state: 'trusted-user', says: 'ai-generated' });
    expect(statement).toMatchObject({ state: 'unverified', claims: 'ai-generated' });
    expect(verified).toBe(false);
  });

  test('behind a few fragments', async () => {
    const { credentials } = await read(sourceOf(made('behind-fragments.mp4')), signers());
    expect(credentials).toMatchObject({ state: 'trusted-user', says: 'ai-generated' });
  });

  test('of ten megabytes, four versions deep', async () => {
    const file = made('long-history.mp4');
    expect(file.length).toBeGreaterThan(10_000_000);
    const { credentials, statement } = await read(sourceOf(file), signers());
    expect(statement).toMatchObject({ state: 'unverified', claims: 'ai-generated' });
    expect(credentials).toMatchObject({ state: 'trusted-user', says: 'ai-generated' });
    let depth = 0;
    for (let steps = credentials.history; steps.length > 0; steps = steps[0]?.ingredients ?? []) depth++;
    expect(depth).toBe(4);
  });
});

describe('boxes without what a box has', () => {
  const uuid = (...content: Uint8Array[]): Bytes => box('uuid', ...content);
  test.each<[string, () => Bytes]>([
    ['a uuid box without its UUID', () => uuid()],
    ['an empty C2PA box', () => uuid(C2PA)],
    ['a C2PA box that ends in its purpose', () => uuid(C2PA, new Uint8Array(4), Buffer.from('mani'))],
  ])('%s behind a signed file: it breaks the rules, and nothing of it is missing', async (_, extra) => {
    const { credentials } = await read(sourceOf(joined(made('plain.mp4'), extra())), signers());
    expect(credentials).toMatchObject({ state: 'malformed', reason: null, says: 'nothing' });
  });

  test('and a C2PA box for another purpose takes nothing away', async () => {
    const extra = uuid(C2PA, new Uint8Array(4), Buffer.from('other\0'), new Uint8Array(40));
    const { credentials } = await read(sourceOf(joined(made('plain.mp4'), extra)), signers());
    expect(credentials.state).toBe('trusted-user');
  });
});

/** Whose time-stamp it is decides: one service is known, the other one only as a signer. */
describe('what was read of one manifest counts for no other one', () => {
  const reader = (): CredentialsReader =>
    readerInNode({ signers: pem('root') + pem('other-stamps'), timeStamps: pem('stamps') });
  const EXPIRED = { state: 'unrecognised', reason: 'expired' };

  test('each by itself', async () => {
    expect((await read(sourceOf(made('stamped.mp4')), reader())).credentials.state).toBe('trusted-user');
    expect((await read(sourceOf(made('other-stamped.mp4')), reader())).credentials).toMatchObject(EXPIRED);
  });

  test('an update behind the store that it updates', async () => {
    expect((await read(sourceOf(made('updated.mp4')), reader())).credentials).toMatchObject(EXPIRED);
  });

  test('a server that has another file once it is asked for all of it', async () => {
    const { credentials, verified } = await read(swapped('stamped.mp4', 'other-stamped.mp4'), reader());
    expect(verified).toBe(true);
    expect(credentials).toMatchObject(EXPIRED);
  });

  test('and one that has none in it: nothing of it is damaged', async () => {
    const unsigned = new Uint8Array(readFileSync('test/fixtures/media/unsigned.mp4'));
    const source = { ...sourceOf(made('stamped.mp4')), whole: sourceOf(unsigned).whole, pass: sourceOf(unsigned).pass };
    const { credentials, statement } = await read(source, reader());
    expect(statement).toMatchObject({ state: 'unverified', claims: 'ai-generated' });
    expect(credentials).toMatchObject({ state: 'none', says: 'nothing', claims: 'nothing' });
  });

  test('and one that has a better one', async () => {
    const { credentials } = await read(swapped('other-stamped.mp4', 'stamped.mp4'), reader());
    expect(credentials.state).toBe('trusted-user');
  });
});
