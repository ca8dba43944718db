/**
 * C12: two manifests under one label, of which each reader is to see another one: the SDK checks the signature of the genuine
 * one, and whoever reads the hash or the signature by itself must not take them from the other.
 */
import { readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { signatureOf } from '../../src/engine/credentials/jumbf';
import { credentialsOf } from './fuzz/targets';
import { box, build, c2paBox, childOf, copyOf, edit, fileHash, retype, storeOf } from './support/jumbf-tree';
import type { Node } from './support/jumbf-tree';
import { readerInNode } from './support/node-engine';

const pem = (name: string): string => readFileSync(`test/fixtures/${name}.pem`, 'utf8');
const reader = readerInNode({ signers: pem('test-root'), timeStamps: pem('tsa-root') });
const genuine = readFileSync('test/fixtures/media/ai-signed.mp4');
const other = readFileSync('test/fixtures/media/unsigned.mp4');
const store = storeOf(genuine);
const active = store.children.at(-1) as Node;

const plain = (type: string, content = Buffer.alloc(0)): Node => ({ type, children: [], content });
/** A superbox of no use, with the label x. */
const wrapping = (children: Node[], type = Buffer.alloc(16)): Node => ({
  type: 'jumb',
  description: box('jumd', type, Buffer.from([3]), 'x\0'),
  children,
  content: Buffer.alloc(0),
});
const COMPRESSED = Buffer.from('6332636d00110010800000aa00389b71', 'hex');

/** Where the genuine manifest stands, so that only the SDK finds it. */
const HIDDEN: Record<string, () => Node[]> = {
  'behind a thousand boxes that nobody knows': () => [...Array.from({ length: 1_000 }, () => plain('zzzz')), active],
  'behind a box without a type, which ends its superbox': () => [wrapping([plain('\0\0\0\0'), active])],
  compressed: () => [wrapping([plain('brob', brotliCompressSync(build(active)))], COMPRESSED)],
  'in its place': () => [active],
};

/** The other media with the genuine store, and in it a manifest of the same label with the other media's hash. */
function forged(hidden: () => Node[]): Buffer {
  const put = (hash: Buffer): Buffer => {
    const decoy = copyOf(active);
    edit(childOf(childOf(decoy, 'c2pa.assertions'), 'c2pa.hash.bmff'), (fields) => fields.set('hash', hash));
    const children = [retype(decoy, Buffer.alloc(16)), ...hidden()];
    return Buffer.concat([other, c2paBox(build({ ...store, children }))]);
  };
  return put(fileHash(put(Buffer.alloc(32))));
}

test('the way of making them is sound: with nothing hidden the file is what it was', async () => {
  expect(build(store).equals(Buffer.from(build(copyOf(store))))).toBe(true);
  const moved = Buffer.concat([other, c2paBox(build(store))]);
  expect((await credentialsOf(new Uint8Array(moved), reader)).state).toBe('changed');
  expect((await credentialsOf(new Uint8Array(genuine), reader)).state).toBe('trusted-user');
});

describe.each(Object.entries(HIDDEN))('the genuine manifest %s', (_, hidden) => {
  test('lends its signature to no other media', async () => {
    const read = await credentialsOf(new Uint8Array(forged(hidden)), reader);
    expect(['changed', 'malformed']).toContain(read.state);
    expect(read.says).toBe('nothing');
  });

  test('has no signature that we would go by', () => {
    const children = [retype(copyOf(active), Buffer.alloc(16)), ...hidden()];
    expect(signatureOf(build({ ...store, children }), active.label ?? '')).toBeNull();
    expect(signatureOf(build(store), active.label ?? '')).not.toBeNull();
  });
});

test('a manifest behind a size of 64 bits, which the SDK refuses, proves nothing', async () => {
  const old = genuine.indexOf('uuid') - 4;
  const size = genuine.readUInt32BE(old);
  const head = Buffer.alloc(16);
  head.writeUInt32BE(1);
  head.write('uuid', 4, 'latin1');
  head.writeBigUInt64BE(BigInt(size + 8), 8);
  const file = Buffer.concat([genuine, head, genuine.subarray(old + 8, old + size)]);
  file.write('free', old + 4, 'latin1'); // nothing moves, and what was signed is all there
  const { state, says } = await credentialsOf(new Uint8Array(file), reader);
  expect(['malformed', 'unverified', 'changed']).toContain(state);
  expect(says).toBe('nothing');
});
