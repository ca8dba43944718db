/** Anchors of the user's own: they vouch for signers that no list knows, and for nothing else. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createReader } from '../../src/engine/credentials/reader';
import type { CredentialsReader, ReaderOptions } from '../../src/engine/credentials/reader';
import { readInNode, shippedLists } from './support/node-engine';

const pem = (name: string): string => readFileSync(`test/fixtures/${name}.pem`, 'utf8');
const root = pem('test-root');
const services = pem('tsa-root');
const wasm = readFileSync('node_modules/@contentauth/c2pa-wasm/pkg/c2pa_bg.wasm');
const readerWith = (user: ReaderOptions['user'], lists: Partial<ReaderOptions['trust']> = {}): CredentialsReader =>
  createReader({ wasm, trust: { ...shippedLists(), ...lists }, ...(user === undefined ? {} : { user }) });

async function judged(file: string, reader: CredentialsReader): Promise<unknown> {
  const { state, list, reason } = await readInNode(`test/fixtures/media/${file}.mp4`, reader);
  return { state, list, reason };
}

const signers = root;
const trusted = (state: string, list: string) => ({ state, list, reason: null });
const stranger = (reason: string) => ({ state: 'unrecognised', list: null, reason });

test('a signer under an anchor of the user', async () => {
  expect(await judged('ai-signed', readerWith({ signers, timeStamps: '' }))).toEqual(trusted('trusted-user', 'user'));
});

test('a signer under another anchor of the user', async () => {
  expect(await judged('ai-signed', readerWith({ signers: services, timeStamps: '' }))).toEqual(stranger('untrusted'));
});

describe('what the official lists say stays as it is', () => {
  test('a signer on the C2PA list', async () => {
    const reader = readerWith({ signers, timeStamps: '' }, { c2pa: root });
    expect(await judged('ai-signed', reader)).toEqual(trusted('trusted', 'c2pa'));
  });
  test('a signer on the interim list', async () => {
    const reader = readerWith({ signers, timeStamps: '' }, { interim: root });
    expect(await judged('ai-signed', reader)).toEqual(trusted('trusted-interim', 'interim'));
  });
});

describe('an anchor for signers vouches for no time-stamp', () => {
  const expired = (user: ReaderOptions['user'], lists?: Partial<ReaderOptions['trust']>): Promise<unknown> =>
    judged('expired-stamped', readerWith(user, lists));

  test('of a service below it', async () => {
    expect(await expired({ signers: root + services, timeStamps: '' })).toEqual(stranger('expired'));
  });
  test('unless it was added for time-stamps', async () => {
    expect(await expired({ signers, timeStamps: services })).toEqual(trusted('trusted-user', 'user'));
    expect(await expired({ signers: root + services, timeStamps: services })).toEqual(trusted('trusted-user', 'user'));
  });
  test('of a service on the official list it needs not', async () => {
    const lists = { tsa: services };
    expect(await expired({ signers, timeStamps: '' }, lists)).toEqual(trusted('trusted-user', 'user'));
  });
  test('nor for one of a signer on a list', async () => {
    expect(await expired({ signers: services, timeStamps: '' }, { c2pa: root })).toEqual(stranger('expired'));
  });
});
