/** The project's own table of files: every row read as the extension's worker reads it. */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { CredentialState, Disclosure, Says } from '../../src/contract/label';
import { CREDENTIAL_STATES, DISCLOSURE_KINDS } from '../../src/contract/label';
import { ESTIMATE_REASONS } from '../../src/contract/reasons';
import { labelsInNode, readBytesInNode, readInNode, readerInNode } from './support/node-engine';

const MEDIA = 'test/fixtures/media';

interface Case {
  id: string;
  file: string;
  sha256: string;
  bytes: number;
  expected: {
    state: CredentialState;
    reason: string | null;
    says: Says;
    claims: Says;
    issuer: string | null;
    list: string | null;
    disclosures: Pick<Disclosure, 'kind' | 'says'>[];
  };
  with_test_root: { state: CredentialState; says: Says };
  estimate: string | null;
}
interface Table {
  cases: Case[];
  stream: { init: string; segments: string[]; mime: string };
}

const table = JSON.parse(readFileSync('test/fixtures/cases.json', 'utf8')) as Table;
const pem = (name: string): string => readFileSync(`test/fixtures/${name}.pem`, 'utf8');
const user = { signers: pem('test-root'), timeStamps: pem('tsa-root') };

describe.each(table.cases)('$file', ({ file, sha256, bytes, expected, with_test_root }) => {
  const path = `${MEDIA}/${file}`;

  test('is the file of the table', () => {
    const content = readFileSync(path);
    expect(content.length).toBe(bytes);
    expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
  });

  test('with the shipped lists', async () => {
    const { credentials, disclosures } = await labelsInNode(path, readerInNode());
    const { state, reason, says, claims, issuer, list } = credentials;
    const said = disclosures.map((d) => ({ kind: d.kind, says: d.says }));
    // What the picture shows is not in the bytes that these lanes read: see marks.test.ts.
    const inFile = expected.disclosures.filter((d) => d.kind !== 'visible-mark');
    expect({ state, reason, says, claims, issuer, list, disclosures: said }).toEqual({
      ...expected,
      disclosures: inFile,
    });
  });

  test('with the test roots as the user’s anchors', async () => {
    const { state, says, list } = await readInNode(path, readerInNode(user));
    expect({ state, says }).toEqual(with_test_root);
    expect(list).toBe(state === 'trusted-user' ? 'user' : null);
  });
});

/** Each fragment in front of the place where the walk ends costs a block of its own. */
const plain = table.cases.filter(
  ({ id, expected }) => /^(none|unsupported)$/.test(expected.state) && id !== 'fragmented',
);
test.each(plain)('$file: all that is read of an unsigned file is 16 KB', async ({ file }) => {
  expect(await readBytesInNode(`${MEDIA}/${file}`)).toBeLessThanOrEqual(16 * 1024);
});

test('the table uses known words only', () => {
  for (const { expected, estimate } of table.cases) {
    expect(CREDENTIAL_STATES).toContain(expected.state);
    for (const { kind } of expected.disclosures) expect(DISCLOSURE_KINDS).toContain(kind);
    if (estimate !== null) expect(ESTIMATE_REASONS).toContain(estimate);
  }
});

test('every file is in the table, and all together are small', () => {
  const { cases, stream } = table;
  const listed = [...cases.map((c) => c.file), stream.init, ...stream.segments];
  const files = readdirSync(MEDIA, { recursive: true, encoding: 'utf8' }).filter((f) =>
    statSync(`${MEDIA}/${f}`).isFile(),
  );
  expect(files.toSorted()).toEqual(listed.toSorted());
  const total = files.reduce((sum, file) => sum + statSync(`${MEDIA}/${file}`).size, 0);
  expect(total).toBeLessThan(3_000_000);
});

test('the segments put together are what the stream’s clip begins with', () => {
  const read = (file: string): Buffer => readFileSync(`${MEDIA}/${file}`);
  const whole = Buffer.concat([table.stream.init, ...table.stream.segments].map(read));
  const clip = read('fragmented.mp4');
  expect(whole.equals(clip.subarray(0, whole.length))).toBe(true);
  expect(table.stream.mime).toMatch(/^video\/mp4; codecs="avc1\.[0-9a-f]{6}"$/);
});
