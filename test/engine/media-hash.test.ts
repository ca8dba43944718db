/**
 * Our own hash of the media against the SDK's word on the whole file: the two ways must give the same
 * credentials on every fixture and on many broken copies of them. `ASSAY_MUTATIONS` sets how many.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Credentials } from '../../src/contract/label';
import { blobSource } from '../../src/engine/bytes/blob-source';
import { boxesIn } from '../../src/engine/bytes/boxes';
import type { Box } from '../../src/engine/bytes/boxes';
import { readCredentials } from '../../src/engine/credentials/read';
import type { CredentialsReader } from '../../src/engine/credentials/reader';
import { mutate } from './fuzz/mutate';
import { random } from './fuzz/random';
import type { Random } from './fuzz/random';
import { never, readerInNode } from './support/node-engine';

type Bytes = Uint8Array<ArrayBuffer>;
const MUTATIONS = Number(process.env['ASSAY_MUTATIONS'] ?? 300);
const SHARED = '../shared/fixtures/c2pa';

const roots = ['test-root', 'tsa-root'].map((name) => readFileSync(`test/fixtures/${name}.pem`, 'utf8'));
const reader = readerInNode({ signers: roots[0] ?? '', timeStamps: roots[1] ?? '' });

/** The same reader, which always asks the SDK about the whole file. */
const sdkOnly: CredentialsReader = {
  ...reader,
  claim: async (jumbf) => {
    const claim = await reader.claim(jumbf);
    return claim === null ? null : Object.assign(claim, { binding: null });
  },
};

interface Read {
  credentials: Credentials;
  /** The SDK went through the whole file. */
  verified: boolean;
  /** The manifest as people can read it, without the SDK's own words on it. */
  raw: string | null;
}

/** Without the one-word state and explanations, keys in one order: the SDK itself gives manifests in any. */
async function plainText(json: Blob | null): Promise<string | null> {
  const sorted = (_: string, value: unknown): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value)
            .filter(([key]) => key !== 'validation_state' && key !== 'explanation')
            .toSorted(([a], [b]) => (a < b ? -1 : 1)),
        )
      : value;
  const text = json === null ? null : await json.text();
  return text === null || text.endsWith('…') ? text : JSON.stringify(JSON.parse(text), sorted);
}

async function read(bytes: Bytes, by: CredentialsReader): Promise<Read> {
  let verified = false;
  let manifest: Blob | null = null;
  const credentials = await readCredentials(blobSource(new Blob([bytes]), 'test'), () => Promise.resolve(by), {
    limitBytes: 256_000_000,
    signal: never,
    onStatement: () => undefined,
    onProgress: () => undefined,
    onVerify: () => {
      verified = true;
    },
    onManifest: ({ json }) => {
      manifest = json;
    },
  });
  return { credentials, verified, raw: await plainText(manifest) };
}

async function bothWays(bytes: Bytes): Promise<{ ours: Read; theirs: Read }> {
  return { ours: await read(bytes, reader), theirs: await read(bytes, sdkOnly) };
}

const filesIn = (folder: string): string[] =>
  !existsSync(folder)
    ? []
    : readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((path) => /\.(mp4|mov|m4v|m4s|avi)$/.test(path))
        .map((path) => join(folder, path));
const bytesOf = (path: string): Bytes => new Uint8Array(readFileSync(path));

if (!existsSync(SHARED)) console.warn(`SKIPPED: ${SHARED} is not there; only the project's own fixtures were hashed.`);

describe('the same credentials by our hash and by the SDK', () => {
  test.each([...filesIn('test/fixtures/media'), ...filesIn(SHARED)])('%s', async (path) => {
    const { ours, theirs } = await bothWays(bytesOf(path));
    expect(ours.credentials).toEqual(theirs.credentials);
    if (ours.raw?.endsWith('…') !== true) expect(ours.raw).toEqual(theirs.raw);
  });

  test('an intact file is never gone through by the SDK, a changed one always', async () => {
    const intact = await read(bytesOf('test/fixtures/media/ai-signed.mp4'), reader);
    expect([intact.credentials.state, intact.verified]).toEqual(['trusted-user', false]);
    const changed = await read(bytesOf('test/fixtures/media/tampered.mp4'), reader);
    expect([changed.credentials.state, changed.verified]).toEqual(['changed', true]);
  });
});

/** Only bytes that no hash covers: what stands in them is where the two ways could differ. */
function mutateUnhashed(bytes: Bytes, r: Random): Bytes {
  const out = bytes.slice();
  const open = boxesIn(out, 0).filter((box) => ['ftyp', 'free', 'skip', 'uuid'].includes(box.type));
  for (let i = 1 + r.below(3); i > 0; i--) {
    const { start, end } = r.pick(open);
    // Headers, and what follows them at once, matter most.
    const at = start + r.below(r.below(2) === 0 ? Math.min(64, end - start) : end - start);
    out[at] = r.below(2) === 0 ? r.below(256) : (out[at] ?? 0) ^ (1 << r.below(8));
  }
  return out;
}

function mutateAnywhere(bytes: Bytes, r: Random): Bytes {
  const seed = { name: 'test', format: 'boxes' as const, bytes };
  return mutate(seed, [seed], r);
}

/** Whole boxes come, go, or stand twice. */
function mutateBoxes(bytes: Bytes, r: Random): Bytes {
  const parts = boxesIn(bytes, 0).map(({ start, end }: Box) => bytes.subarray(start, end));
  const free = Uint8Array.of(0, 0, 0, 12, ...Buffer.from(r.pick(['free', 'skip', 'mfra', 'meta', 'wide'])), 0, 0, 0, 4);
  const at = r.below(parts.length + 1);
  const how = r.below(4);
  if (how === 0) parts.splice(at, 0, free);
  else if (how === 1) parts.splice(at, 1);
  else if (how === 2) parts.splice(at, 0, r.pick(parts));
  else parts.splice(r.below(parts.length), 0, ...parts.splice(at, 1));
  return new Uint8Array(Buffer.concat(parts));
}

describe('the same credentials of broken copies', () => {
  const seeds = ['ai-signed', 'ai-edited', 'camera-signed', 'expired-stamped'].map((id) =>
    bytesOf(`test/fixtures/media/${id}.mp4`),
  );
  /** The last number: of a hundred copies at least so many must still have the signed hash. */
  test.each<[string, (bytes: Bytes, r: Random) => Bytes, number]>([
    ['anywhere in the file', mutateAnywhere, 0],
    ['unhashed bytes', mutateUnhashed, 10],
    ['whole boxes', mutateBoxes, 5],
  ])(
    `${String(Math.ceil(MUTATIONS / 3))} mutations: %s`,
    async (name, change, share) => {
      let byHash = 0;
      for (let n = 0; n < MUTATIONS / 3; n++) {
        const r = random(n);
        const broken = change(r.pick(seeds), r);
        const { ours, theirs } = await bothWays(broken);
        if (!ours.verified && theirs.verified) byHash++;
        expect(ours.credentials, `mutation ${String(n)}`).toEqual(theirs.credentials);
      }
      console.info(`${name}: ${String(byHash)} of ${String(Math.ceil(MUTATIONS / 3))} had the signed hash`);
      expect(byHash).toBeGreaterThanOrEqual((share * MUTATIONS) / 300); // the way under test was taken at all
    },
    600_000,
  );
});
