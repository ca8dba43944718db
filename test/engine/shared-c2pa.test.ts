/**
 * The shared table of signed and labelled files, when it is there: state, reason, word, issuer, list and
 * disclosures of every row, with the shipped lists and with the test roots.
 */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { labelsInNode, readerInNode, readInNode } from './support/node-engine';

const FOLDER = '../shared/fixtures/c2pa';

interface Row {
  path: string;
  expected_state?: string;
  reason?: string | null;
  expected_says?: string;
  issuer?: string | null;
  time_stamp?: string | null;
  time_stamp_with_test_root?: string | null;
  list?: string | null;
  expected_state_with_test_root?: string;
  codes_official?: Record<'success' | 'informational' | 'failure', string[]>;
  disclosures?: { kind: string; says: string }[];
}

/**
 * Where the table goes by the SDK's word and we check more: the time-stamp service of a version 1 claim,
 * and the interim list's end-entity certificates (EBU's is one of them; the SDK ignores that list).
 * An offset that leads to no Merkle box is a broken rule for us, and passes unseen in the SDK.
 */
const OURS: Record<string, Partial<Row>> = {
  'made/v1-expired-unknown-tsa.mp4': { reason: 'expired', time_stamp: 'untrusted' },
  'made/v1-expired-trusted-timestamp.mp4': { reason: 'expired', time_stamp: 'untrusted' },
  'made/tampered-box-header.mp4': {
    expected_state: 'malformed',
    expected_says: 'nothing',
    issuer: null,
    expected_state_with_test_root: 'malformed',
  },
  // The camera is on no list, so that the publisher's name doesn't stand for its word.
  'real/ebu-sony-1162d557.mp4': {
    expected_state: 'trusted-interim',
    expected_says: 'nothing',
    list: 'interim',
    time_stamp: 'trusted',
  },
};
/** States in which what was stamped is told. */
const SPOKEN = /^(trusted|trusted-\w+|unrecognised)$/;
const REASONS = ['untrusted', 'expired', 'invalid', 'revoked'];

if (!existsSync(`${FOLDER}/manifest.jsonl`)) {
  console.warn(`SKIPPED: ${FOLDER} is not there; the shared table of credentials was not tested.`);
  test('the shared table is absent', () => {
    expect(labelsInNode).toBeTypeOf('function');
  });
} else {
  const rows = readFileSync(`${FOLDER}/manifest.jsonl`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row)
    .map((row) => ({ ...row, ...OURS[row.path] }))
    .filter((row) => row.expected_state !== undefined);

  describe('with the shipped lists', () => {
    test.each(rows)('$path', async (row) => {
      const { credentials, disclosures } = await labelsInNode(`${FOLDER}/${row.path}`, readerInNode());
      expect(credentials.state).toBe(row.expected_state);
      expect(credentials.says).toBe(row.expected_says);
      if (credentials.state === 'unrecognised') {
        expect(credentials.reason).toBe(row.reason);
      } else expect(REASONS).not.toContain(credentials.reason);
      if (row.issuer !== undefined && row.issuer !== null) expect(credentials.issuer).toBe(row.issuer);
      expect(credentials.list).toBe(row.list ?? null);
      if (SPOKEN.test(credentials.state)) expect(credentials.time_stamp).toBe(row.time_stamp);
      // C10: our codes are the verifier's own, all of them.
      if (credentials.codes.length > 0 && credentials.list !== 'interim') {
        const { success = [], informational = [], failure = [] } = row.codes_official ?? {};
        expect(credentials.codes.toSorted()).toEqual(
          [...new Set([...success, ...informational, ...failure])].toSorted(),
        );
      }
      const said = disclosures.map(({ kind, says }) => ({ kind, says }));
      expect(said).toEqual((row.disclosures ?? []).map(({ kind, says }) => ({ kind, says })));
    });
  });

  describe('with the test roots as the user’s anchors', () => {
    const roots = {
      signers: readFileSync(`${FOLDER}/made/test-root.pem`, 'utf8'),
      timeStamps: readFileSync(`${FOLDER}/made/tsa-root.pem`, 'utf8'),
    };
    test.each(rows.filter((row) => row.expected_state_with_test_root !== undefined))('$path', async (row) => {
      const { state, time_stamp } = await readInNode(`${FOLDER}/${row.path}`, readerInNode(roots));
      expect(state).toBe(row.expected_state_with_test_root);
      if (SPOKEN.test(state)) expect(time_stamp).toBe(row.time_stamp_with_test_root);
    });
  });
}
