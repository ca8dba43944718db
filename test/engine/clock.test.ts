/** Labels don't depend on the day they are read, but for signers without a time-stamp: also the verifier's clock is moved. */
import { existsSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { labelsInNode, readInNode, readerInNode } from './support/node-engine';

const MEDIA = 'test/fixtures/media';
const SHARED = '../shared/fixtures/c2pa';
const pem = (name: string): string => readFileSync(`test/fixtures/${name}.pem`, 'utf8');
const roots = { signers: pem('test-root'), timeStamps: pem('tsa-root') };

interface Row {
  file: string;
  expected: { state: string; reason: string | null; says: string; disclosures: { kind: string; says: string }[] };
  with_test_root: { state: string; says: string };
}
const { cases } = JSON.parse(readFileSync(`${MEDIA}/../cases.json`, 'utf8')) as { cases: Row[] };

const IN_2030 = new Date('2030-06-01T00:00:00Z');
/** After the end of the signers' certificates. */
const IN_2060 = new Date('2060-06-01T00:00:00Z');

const setClock = (now: Date): void => {
  vi.useFakeTimers({ toFake: ['Date'], now });
};
afterEach(() => {
  vi.useRealTimers();
});

describe('in 2030', () => {
  beforeEach(() => {
    setClock(IN_2030);
  });

  test.each(cases)('$file: the same label', async ({ file, expected, with_test_root }) => {
    const { credentials, disclosures } = await labelsInNode(`${MEDIA}/${file}`, readerInNode(undefined, IN_2030));
    const { state, reason, says } = credentials;
    const said = disclosures.map((d) => ({ kind: d.kind, says: d.says }));
    expect({ state, reason, says, said }).toEqual({
      state: expected.state,
      reason: expected.reason,
      says: expected.says,
      // What the picture shows has no clock.
      said: expected.disclosures.filter(({ kind }) => kind !== 'visible-mark'),
    });
    const own = await readInNode(`${MEDIA}/${file}`, readerInNode(roots, IN_2030));
    expect({ state: own.state, says: own.says }).toEqual(with_test_root);
  });
});

/** State by the clock: what a time-stamp is good for. Anchors for stamps are given or not. */
const STAMPS: [string, string, boolean, string, string][] = [
  // file, what, its time-stamp service is known, now and in 2030, in 2060
  ['ai-signed.mp4', 'valid, without a stamp', true, 'trusted-user', 'unrecognised expired'],
  ['expired.mp4', 'expired, without a stamp', true, 'unrecognised expired', 'unrecognised expired'],
  ['expired-stamped.mp4', 'expired, with a trusted stamp', true, 'trusted-user', 'trusted-user'],
  ['expired-stamped.mp4', 'expired, with a stranger’s stamp', false, 'unrecognised expired', 'unrecognised expired'],
];

describe('C6: expired signers and time-stamps', () => {
  test.each(STAMPS)('%s, %s (service known: %s)', async (file, _what, known, now, in2060) => {
    const user = known ? roots : { ...roots, timeStamps: '' };
    const at = async (clock?: Date): Promise<string> => {
      if (clock !== undefined) setClock(clock);
      const { state, reason } = await readInNode(`${MEDIA}/${file}`, readerInNode(user, clock));
      return reason === null ? state : `${state} ${reason}`;
    };
    expect([await at(), await at(IN_2030), await at(IN_2060)]).toEqual([now, now, in2060]);
  });

  const nested = 'made/v1-expired-unknown-tsa.mp4';
  test.skipIf(!existsSync(`${SHARED}/${nested}`))(
    'a claim of version 1 with a stranger’s stamp stays expired',
    async () => {
      setClock(IN_2030);
      const { state, reason } = await readInNode(`${SHARED}/${nested}`, readerInNode(roots, IN_2030));
      expect({ state, reason }).toEqual({ state: 'unrecognised', reason: 'expired' });
    },
  );
});
