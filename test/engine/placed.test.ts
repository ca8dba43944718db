/** A hash that leaves out where the media is must not vouch for media that nobody signed. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Credentials } from '../../src/contract/label';
import { credentialsOf } from './fuzz/targets';
import { box } from './support/jumbf-tree';
import { readerInNode } from './support/node-engine';

const folder = mkdtempSync(join(tmpdir(), 'assay-places-'));
const signed = (name: string): Buffer => readFileSync(join(folder, name));
const read = async (bytes: Buffer): Promise<Credentials> => {
  const reader = readerInNode({ signers: readFileSync(join(folder, 'root.pem'), 'utf8'), timeStamps: '' });
  return await credentialsOf(new Uint8Array(bytes), reader);
};

/** Where the entries of all `stco` are. */
function placesIn(file: Buffer): number[] {
  const places: number[] = [];
  for (let at = file.indexOf('stco', file.indexOf('mvhd')); at >= 0; at = file.indexOf('stco', at + 4)) {
    for (let i = 0; i < file.readUInt32BE(at + 8); i++) places.push(at + 12 + i * 4);
  }
  return places;
}

function moved(file: Buffer, to: (from: number, at: number, all: readonly number[]) => number): Buffer {
  const out = Buffer.from(file);
  const places = placesIn(file);
  const all = places.map((at) => file.readUInt32BE(at));
  for (const [i, at] of places.entries()) out.writeUInt32BE(to(all[i] ?? 0, i, all), at);
  return out;
}

const mediaOf = (file: Buffer): { start: number; end: number } => {
  const type = file.indexOf('mdat');
  return { start: type + 4, end: type - 4 + file.readUInt32BE(type - 4) };
};

/** The file with other media in a box that no hash covers, and what led to its own media leads there. */
function withOther(file: Buffer, type: string, ...head: Buffer[]): Buffer {
  const { start, end } = mediaOf(file);
  const media = file.subarray(start, end).map((byte) => byte ^ 1);
  const added = box(type, ...head, Buffer.from(media));
  const shift = file.length + added.length - media.length - start;
  return Buffer.concat([moved(file, (from) => from + shift), added]);
}

beforeAll(() => {
  execFileSync(process.execPath, ['test/engine/support/open-places.mjs', folder]);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test.each(['v1.mp4', 'v2.mp4', 'v1-fragmented.mp4'])('%s, as it was signed, is as good as ever', async (name) => {
  expect(await read(signed(name))).toMatchObject({ state: 'trusted-user', says: 'captured' });
});

const C2PA = Buffer.from('d8fec3d61b0e483c92975828877ec481', 'hex');
const expectChanged = async (bytes: Buffer): Promise<void> => {
  const found = await read(bytes);
  expect(found).toMatchObject({ state: 'changed', says: 'nothing', list: null });
  expect(found.codes).toContain('assertion.bmffHash.match');
};

describe.each(['v1.mp4', 'v2.mp4'])('%s', (name) => {
  test.each<[string, (file: Buffer) => Buffer]>([
    ['in a further type box', (file) => withOther(file, 'ftyp')],
    ['in a box of credentials', (file) => withOther(file, 'uuid', C2PA, Buffer.from('\0\0\0\0other\0'))],
    ['from the last byte of what was signed on', (file) => moved(withOther(file, 'ftyp'), () => mediaOf(file).end - 1)],
    ['in the credentials themselves', (file) => moved(file, () => file.indexOf('jumb') + 4)],
    ['twice the same', (file) => moved(file, (from, i, all) => (i === 0 ? from : (all[0] ?? 0)))],
    ['behind the end', (file) => moved(file, () => file.length)],
  ])('with media %s it was changed', async (_, change) => {
    await expectChanged(change(signed(name)));
  });
});

test('version 1: an index behind a thousand other boxes', async () => {
  const other = withOther(signed('v1.mp4'), 'ftyp');
  const many = Buffer.concat(Array.from({ length: 1_100 }, () => box('ftyp')));
  const index = other.lastIndexOf('moov', other.indexOf('mvhd')) - 4;
  const file = moved(other, (from) => from + many.length);
  await expectChanged(Buffer.concat([file.subarray(0, index), many, file.subarray(index)]));
});

test('what was changed can’t be taken for an init segment by a thousand boxes in front of its media', async () => {
  const many = Array.from({ length: 1_100 }, () => box('free'));
  const file = signed('v2.mp4');
  const index = file.lastIndexOf('moov', file.indexOf('mvhd')) - 4;
  const found = await read(Buffer.concat([file.subarray(0, index), ...many, file.subarray(index)]));
  expect(found).toMatchObject({
    state: 'changed',
    codes: expect.arrayContaining(['assertion.bmffHash.mismatch']) as unknown,
  });
});

test('version 1: other media between a fragment’s index and its own', async () => {
  const file = signed('v1-fragmented.mp4');
  const { start, end } = mediaOf(file);
  const other = box('ftyp', Buffer.from(file.subarray(start, end).map((byte) => byte ^ 1)));
  await expectChanged(Buffer.concat([file.subarray(0, start - 8), other, file.subarray(start - 8)]));
});
