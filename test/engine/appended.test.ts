/** What stands behind the last box of a file: it takes away no history, and makes no whole file an incomplete one. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Credentials } from '../../src/contract/label';
import { box } from './fuzz/make';
import { readInNode, readerInNode } from './support/node-engine';

const folder = mkdtempSync(join(tmpdir(), 'assay-appended-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const read = (...parts: Buffer[]): Promise<Credentials> => {
  const path = join(folder, 'file.mp4');
  writeFileSync(path, Buffer.concat(parts));
  return readInNode(path, readerInNode());
};

const MEDIA = 'test/fixtures/media';
const bytesOf = (name: string): Buffer => readFileSync(`${MEDIA}/${name}`);
const text = (words: string): Buffer => Buffer.from(words);

const NO_BOXES: [what: string, bytes: Buffer][] = [
  ['a word', text('trailing\n')],
  ['a page', text('<html>hello world</html>\n')],
  ['zeros', Buffer.alloc(9)],
  ['less than a header', text('ab')],
  ['noise', Buffer.from(Array.from({ length: 5_000 }, (_, i) => (i * 167 + 91) & 0xff))],
  ['another file of another kind', bytesOf('webm-aigc.webm')],
];

describe.each(NO_BOXES)('%s behind the last box', (_, bytes) => {
  test('a signed file was changed after signing, and its history is told', async () => {
    const credentials = await read(bytesOf('ai-signed.mp4'), bytes);
    expect(credentials).toMatchObject({ state: 'changed', issuer: expect.any(String) as string, reason: null });
    expect(credentials.history.length).toBeGreaterThan(0);
  });

  test('an unsigned file has no credentials', async () => {
    expect(await read(bytesOf('unsigned.mp4'), bytes)).toMatchObject({
      state: 'none',
      reason: null,
    });
  });
});

test.each(['free', 'mdat', 'moof', 'uuid'])('a box `%s` that is cut short: the file is incomplete', async (type) => {
  const cut = Buffer.from(box(type, new Uint8Array(1_000)).subarray(0, 100));
  expect(await read(bytesOf('ai-signed.mp4'), cut)).toMatchObject({
    state: 'unverified',
    claims: 'ai-generated',
    reason: 'partial',
  });
  expect(await read(bytesOf('unsigned.mp4'), cut)).toMatchObject({
    state: 'unverified',
    reason: 'partial',
  });
});
