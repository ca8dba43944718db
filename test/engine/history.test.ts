/** C11: the history of a file is signed, too: what was written over in it, and whose word is handed on under whose name. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createReader } from '../../src/engine/credentials/reader';
import { credentialsOf } from './fuzz/targets';
import { readInNode, readerInNode, shippedLists } from './support/node-engine';

const TYPES = 'http://cv.iptc.org/newscodes/digitalsourcetype/';

describe('a history that was written over after signing', () => {
  const file = readFileSync('test/fixtures/media/history.mp4');
  const places = (word: string): number[] =>
    [...file.toString('latin1').matchAll(new RegExp(word, 'g'))].map(({ index }) => index);
  const over = (at: number, word: string): Uint8Array<ArrayBuffer> => {
    const out = new Uint8Array(file);
    out.set(Buffer.from(word), at);
    return out;
  };
  const rows = [
    ...places(`${TYPES}trainedAlgorithmicMedia`).map((at) => [at, `${TYPES}digitalCapture         `] as const),
    ...places(`${TYPES}digitalCapture`).map((at) => [at, `${TYPES}digitalPicture`] as const),
    ...places('c2pa\\.created').map((at) => [at, 'c2pa.creatod'] as const),
  ];

  test('there is something to write over', () => {
    expect(rows.length).toBeGreaterThanOrEqual(4);
  });
  test.each(rows)('at %i: %s', async (at, word) => {
    const read = await credentialsOf(over(at, word), readerInNode());
    expect(read).toMatchObject({ state: 'changed', says: 'nothing' });
    expect(read.codes).toContain('ingredient.manifest.mismatch');
    expect(JSON.stringify(read.history)).toContain('"state":"changed","ingredients":[]');
  });
});

describe('whose word is handed on under whose name', () => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-history-'));
  const pem = (name: string): string => readFileSync(join(folder, `${name}.pem`), 'utf8');
  const read = (name: string, signers?: string) =>
    readInNode(
      join(folder, `${name}.mp4`),
      readerInNode(signers === undefined ? undefined : { signers, timeStamps: '' }),
    );
  beforeAll(() => {
    execFileSync(process.execPath, ['test/engine/support/history-files.mjs', folder]);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test.each([
    ['known', 'captured', null],
    ['unexamined', 'nothing', null],
    ['stranger', 'nothing', 'unrecognised'],
    ['changed', 'nothing', 'changed'],
    ['ai', 'ai-generated', 'unrecognised'],
  ] as const)('a known signer’s edit of %s: %s', async (name, says, state) => {
    const found = await read(name, pem('root'));
    expect(found).toMatchObject({ state: 'trusted-user', says });
    expect(found.history[0]?.ingredients[0]?.state).toBe(state);
  });

  test.each([
    ['known', 'captured'],
    ['unexamined', 'captured'],
    ['stranger', 'captured'],
    ['changed', 'nothing'],
    ['ai', 'ai-generated'],
  ] as const)('an unknown signer’s edit of %s: %s', async (name, says) => {
    expect(await read(name)).toMatchObject({ state: 'unrecognised', says });
  });

  test('both signers known, by one list or by two', async () => {
    expect(await read('stranger', pem('root') + pem('stranger'))).toMatchObject({ says: 'captured' });
    const trust = { ...shippedLists(), c2pa: pem('root') };
    const wasm = readFileSync('node_modules/@contentauth/c2pa-wasm/pkg/c2pa_bg.wasm');
    const reader = createReader({ wasm, trust, user: { signers: pem('stranger'), timeStamps: '' } });
    const file = join(folder, 'stranger.mp4');
    expect(await readInNode(file, reader)).toMatchObject({ state: 'trusted', says: 'captured' });
    const alone = createReader({ wasm, trust });
    expect(await readInNode(file, alone)).toMatchObject({ state: 'trusted', says: 'nothing' });
  });

  test('anchors for time-stamps vouch for nobody’s claim, whoever else is in the history', async () => {
    const wasm = readFileSync('node_modules/@contentauth/c2pa-wasm/pkg/c2pa_bg.wasm');
    const file = join(folder, 'stranger.mp4');
    const readWith = (c2pa: string, tsa: string) =>
      readInNode(file, createReader({ wasm, trust: { ...shippedLists(), c2pa, tsa } }));
    const outer = await readWith(pem('stranger'), pem('root'));
    expect(outer).toMatchObject({ state: 'unrecognised', reason: 'untrusted' });
    const inner = await readWith(pem('root'), pem('stranger'));
    expect(inner).toMatchObject({ state: 'trusted', says: 'nothing' });
  });
});
