/**
 * Hostile files: whatever the bytes, readers give a valid answer, soon, and never throw. Mutations are seeded,
 * so a failure names the file that can be made again.
 */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CREDENTIAL_STATES } from '../../src/contract/label';
import { readSignature } from '../../src/engine/credentials/cose';
import { readC2paBox, signatureOf } from '../../src/engine/credentials/jumbf';
import { isStampTrusted, isValidAt } from '../../src/engine/credentials/time-stamp';
import type { Bytes } from './fuzz/bytes';
import { mutate } from './fuzz/mutate';
import type { Seed } from './fuzz/mutate';
import { random } from './fuzz/random';
import { runInputs } from './fuzz/run';
import { ownSeeds } from './fuzz/seeds';
import { credentialsOf, outcomeOf } from './fuzz/targets';
import { readerInNode } from './support/node-engine';

const media = (file: string): Bytes => new Uint8Array(readFileSync(`test/fixtures/media/${file}`));
const complaint = async (bytes: Bytes): Promise<string | null> => (await outcomeOf('file', bytes)).complaint;

describe('mutated files', () => {
  test('through every reader', async () => {
    const { findings } = await runInputs(await ownSeeds(), { seed: 1, from: 0, to: 4_000 });
    expect(findings).toEqual([]);
  });

  test('what is mutated is read without a complaint', async () => {
    for (const { name, target, bytes } of await ownSeeds()) {
      expect((await outcomeOf(target, bytes)).complaint, name).toBeNull();
    }
  });

  test('bytes of any kind', async () => {
    const heads = ['', 'ftyp', '\0\0\0\x08ftyp', 'RIFF\0\0\0\0AVI ', '\x1aE\xdf\xa3', '#EXTM3U'];
    const file = fc.tuple(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 300 }));
    await fc.assert(
      fc.asyncProperty(file, async ([head, rest]) => {
        expect(await complaint(Uint8Array.from([...Buffer.from(head, 'latin1'), ...rest]))).toBeNull();
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});

describe('parsers by themselves', () => {
  test.each([
    ['signature', (bytes: Bytes) => readSignature(bytes)],
    ['manifest store', (bytes: Bytes) => signatureOf(bytes, 'urn:c2pa:x')],
    ['C2PA box', (bytes: Bytes) => readC2paBox(bytes)],
    ['time-stamp', (bytes: Bytes) => isStampTrusted(bytes, [])],
    ['certificate', (bytes: Bytes) => isValidAt(bytes, new Date(0))],
  ] as const)('%s: never throws', async (_name, read) => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        await read(Uint8Array.from(bytes));
      }),
      { numRuns: 200, seed: 11 },
    );
  });

  test('a signature nested a million deep', () => {
    expect(readSignature(new Uint8Array(1_000_000).fill(0x81))).toBeNull();
    expect(readSignature(Uint8Array.from([0xd2, 0x9b, 0, 0, 0, 1, 0, 0, 0, 0]))).toBeNull();
  });
});

describe('C11, C12: mutated signed files through the verifier', () => {
  const root = (name: string): string => readFileSync(`test/fixtures/${name}.pem`, 'utf8');
  const user = { signers: root('test-root'), timeStamps: root('tsa-root') };
  const file = media('ai-signed.mp4');
  const view = new DataView(file.buffer);
  const store = Buffer.from(file).indexOf('jumb') - 4;
  const boxStart = view.getUint32(0); // behind the file type
  const boxEnd = boxStart + view.getUint32(boxStart);

  /** Longest run of zeros in the store: padding of the signature, which no hash covers. */
  const pad = ((): [number, number] => {
    let best: [number, number] = [0, 0];
    for (let at = store, from = store; at < boxEnd; at++) {
      if (file[at] !== 0) from = at + 1;
      else if (at + 1 - from > best[1] - best[0]) best = [from, at + 1];
    }
    return best;
  })();
  /** Parts that no hash covers: the file type, the head of the C2PA box, padding. */
  const uncovered = (at: number): boolean => at < store || (at >= pad[0] && at < pad[1]);

  /** The mutation left all that is signed as it was; bytes behind the end are no part of the file's boxes. */
  const leftIntact = (bytes: Bytes): boolean => {
    if (bytes.length < file.length) return false;
    return file.every((byte, at) => bytes[at] === byte || uncovered(at));
  };

  test.each(['head', 'media'] as const)('in its %s', async (where) => {
    const reader = readerInNode(user);
    expect((await credentialsOf(file, reader)).state).toBe('trusted-user');
    const split = boxEnd + 3_000;
    const seedOf = (bytes: Bytes): Seed => ({ name: where, format: 'boxes', bytes });
    const [head, rest] = [seedOf(file.slice(0, split)), seedOf(file.slice(split))];
    for (let seed = 1; seed <= 150; seed++) {
      const r = random(seed * 31);
      const others = [head, rest];
      const parts = where === 'head' ? [mutate(head, others, r), rest.bytes] : [head.bytes, mutate(rest, others, r)];
      const bytes = new Uint8Array(Buffer.concat(parts));
      const { state } = await credentialsOf(bytes, reader);
      expect(CREDENTIAL_STATES, `seed ${String(seed)}`).toContain(state);
      if (!leftIntact(bytes)) expect(state, `seed ${String(seed)}`).not.toMatch(/^trusted/);
    }
  });

  test('one bit anywhere that is signed', async () => {
    const reader = readerInNode(user);
    const r = random(5);
    for (let i = 0; i < 60; i++) {
      const at = i % 2 === 0 ? store + r.below(boxEnd - store) : boxEnd + r.below(file.length - boxEnd);
      if (uncovered(at)) continue;
      const bytes = file.slice();
      bytes[at] = (bytes[at] ?? 0) ^ (1 << r.below(8));
      const { state } = await credentialsOf(bytes, reader);
      expect(state, `byte ${String(at)}`).not.toMatch(/^trusted/);
    }
  });
});
