/** What a stream's pieces say together: lowered by any of them, raised only by what the engine fetched itself. */
import { describe, expect, test } from 'vitest';
import type { Credentials } from '../../src/contract/label';
import { emptyCredentials } from '../../src/contract/lanes';
import { joinPiece } from '../../src/engine/credentials/join';
import type { PieceFacts } from '../../src/engine/credentials/join';
import { addSpan } from '../../src/engine/credentials/spans';

const signed: Credentials = { ...emptyCredentials('trusted'), says: 'captured', issuer: 'Leica', list: 'c2pa' };
const init: Credentials = { ...emptyCredentials('unverified', 'init-only'), claims: 'captured', issuer: 'Leica' };
const changed: Credentials = { ...emptyCredentials('changed'), issuer: 'Leica' };

const piece = (second: number, parts: Partial<PieceFacts> = {}): PieceFacts => ({
  credentials: signed,
  span: [second, second + 1],
  bound: true,
  missed: false,
  bytes: 100,
  ...parts,
});
const begin: PieceFacts = { ...piece(0), credentials: init, span: null, bytes: 0, bound: false };
const joined = (...pieces: PieceFacts[]): Credentials => pieces.reduce(joinPiece, emptyCredentials('streamed'));

describe('the state of a stream', () => {
  test.each<[string, Partial<Credentials>, PieceFacts[]]>([
    ['nothing but its begin', { state: 'unverified', reason: 'init-only', claims: 'captured' }, [begin]],
    ['all seen, intact and fetched', { state: 'trusted', says: 'captured' }, [begin, piece(0), piece(1)]],
    ['another rendition’s begin changes nothing', { state: 'trusted' }, [begin, piece(0), begin, piece(1)]],
    [
      'the page’s word alone',
      { state: 'unverified', reason: 'stream', says: 'nothing', claims: 'captured', list: null },
      [begin, piece(0), piece(1, { bound: false })],
    ],
    [
      'what was lowered stays',
      { state: 'unverified', reason: 'stream' },
      [begin, piece(0, { bound: false }), piece(1)],
    ],
    ['something was missed', { state: 'unverified', reason: 'stream' }, [begin, piece(0), piece(1, { missed: true })]],
    ['missed before it began', { state: 'unverified', reason: 'stream' }, [{ ...begin, missed: true }]],
    [
      'only a word that something was missed',
      { state: 'unverified', reason: 'stream' },
      [{ ...begin, credentials: emptyCredentials('streamed'), missed: true }],
    ],
    [
      'another signer in between',
      { state: 'unverified', reason: 'stream' },
      [piece(0), piece(1, { credentials: { ...signed, issuer: 'Sony' } })],
    ],
    ['changed', { state: 'changed', says: 'nothing' }, [begin, piece(0), piece(1, { credentials: changed })]],
    ['changed stays', { state: 'changed' }, [piece(0), piece(1, { credentials: changed }), piece(2)]],
    [
      'changed by the page’s word',
      { state: 'changed' },
      [piece(0, { bound: false }), piece(1, { credentials: changed, bound: false })],
    ],
    [
      'a segment appended in parts, which match nothing',
      { state: 'unverified', reason: 'stream', claims: 'captured' },
      [begin, piece(0, { credentials: changed, bound: false }), piece(1, { credentials: changed, bound: false })],
    ],
    ['damaged', { state: 'malformed' }, [begin, piece(0, { credentials: emptyCredentials('malformed') })]],
    [
      'no verifier',
      { state: 'unverified', reason: 'engine-unavailable' },
      [begin, piece(0, { credentials: emptyCredentials('unverified', 'engine-unavailable') })],
    ],
  ])('%s', (_, expected, pieces) => {
    expect(joined(...pieces)).toMatchObject(expected);
  });

  test('no order of pieces makes a stream better than its worst piece', () => {
    const bad = [{ bound: false }, { missed: true }, { credentials: changed }];
    for (const parts of bad) {
      for (let at = 0; at < 4; at++) {
        const pieces = [0, 1, 2, 3].map((second) => piece(second, second === at ? parts : {}));
        expect(['unverified', 'changed']).toContain(joined(begin, ...pieces).state);
      }
    }
  });
});

test('stretches are told apart', () => {
  const { coverage } = joined(begin, piece(0), piece(1), piece(2, { credentials: changed }), piece(3));
  expect(coverage).toEqual({
    bytes_read: 400,
    bytes_total: null,
    sha256: null,
    seconds_checked: [
      [0, 2],
      [3, 4],
    ],
    seconds_changed: [[2, 3]],
  });
});

test('stretches are joined in any order', () => {
  const spans: [number, number][] = [[4, 5], [0, 1], [1.01, 2], [0.5, 1.5]]; // prettier-ignore
  const all = spans.reduce<[number, number][]>((so, span) => addSpan(so, span), []);
  expect(all).toEqual([
    [0, 2],
    [4, 5],
  ]);
  expect(addSpan(all, null)).toEqual(all);
});
