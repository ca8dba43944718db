// @vitest-environment happy-dom
/** What the lanes of the panel and the report say, in every language. */
import { readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { KNOWN_CODES, namesChanges } from '../../src/contract/history-words';
import { CREDENTIAL_STATES } from '../../src/contract/label';
import type { CredentialState, HistoryStep, Says } from '../../src/contract/label';
import { emptyCredentials } from '../../src/contract/lanes';
import { isSigned } from '../../src/contract/words';
import type { Text } from '../../src/contract/words';

type Messages = Record<string, { message: string }>;
const LOCALES = ['de', 'en', 'es', 'fr', 'ja', 'zh_CN'];
const messagesOf = (locale: string): Messages =>
  JSON.parse(readFileSync(`public/_locales/${locale}/messages.json`, 'utf8')) as Messages;

const spoken = vi.hoisted(() => ({ messages: {} as Messages }));
vi.mock('../../src/platform/texts', () => ({
  translate: ({ key, args }: Text) =>
    (spoken.messages[key]?.message ?? key).replace(/\$(\d)/g, (_, digit) => args[Number(digit) - 1] ?? ''),
  language: () => ({ lang: 'en', dir: 'ltr' }),
}));
const { actionItem } = await import('../../src/ui/panel/actions');
const { credentialsLane } = await import('../../src/ui/panel/credentials');

const step = (over: Partial<HistoryStep>): HistoryStep => ({
  ...{ title: 'a', tool: null, issuer: null, signed_at: null, relationship: null, actions: [], state: null },
  ingredients: [],
  ...over,
});
const doing = (...actions: string[]): HistoryStep['actions'] =>
  actions.map((action) => ({ action, source_type: null, when: null }));

/** Terms of the details, and what is said of the origin of the steps. */
const saidBy = (state: CredentialState, over: Partial<HistoryStep> = {}): string[] => {
  const c = { ...emptyCredentials(state), issuer: 'Leica', signed_at: '2025-01-01T00:00:00Z' };
  const history = [step({ issuer: 'Leica', state, ...over })];
  const lane = credentialsLane({ ...c, history }, 8, null, null);
  return [...lane.querySelectorAll('dt, .history .dim bdi')].map((part) => part.textContent);
};

describe.each(LOCALES)('%s', (locale) => {
  const messages = messagesOf(locale);
  const words = (key: string, ...args: string[]): string =>
    (messages[key]?.message ?? '').replace(/\$(\d)/g, (_, digit) => args[Number(digit) - 1] ?? '');

  test.each(CREDENTIAL_STATES)('%s: nobody signed it whom no list vouches for', (state) => {
    spoken.messages = messages;
    const said = saidBy(state);
    const signed = [words('row_signer'), words('signed_by', 'Leica')];
    const named = [words('row_named'), words('names_signer', 'Leica')];
    for (const part of isSigned(state) ? signed : named) expect(said).toContain(part);
    for (const part of isSigned(state) ? named : signed) expect(said).not.toContain(part);
  });

  test.each(CREDENTIAL_STATES)('%s: nobody dates it whom no list vouches for', (state) => {
    spoken.messages = messages;
    const signed_at = '2025-03-03T12:00:00Z';
    for (const time_stamp of ['trusted', 'none', 'untrusted', 'mismatch'] as const) {
      const history = [step({ issuer: 'Leica', state, signed_at })];
      const c = { ...emptyCredentials(state), issuer: 'Leica', signed_at, time_stamp, history };
      const lane = credentialsLane(c, 8, null, null);
      const terms = [...lane.querySelectorAll('dt')].map((part) => part.textContent);
      const isVouched = isSigned(state) && (time_stamp === 'trusted' || time_stamp === 'none');
      expect(terms.includes(words('row_signed_at')), time_stamp).toBe(isVouched);
      expect(terms.includes(words('row_named_at')), time_stamp).toBe(!isVouched);
      // Beside "signed by", a date would be signed, too.
      const isDated = lane.querySelector('.history')?.textContent.includes('2025') === true;
      expect(isDated, time_stamp).toBe(isVouched || !isSigned(state));
    }
  });

  test('a broken step inside of an intact file', () => {
    spoken.messages = messages;
    const said = (state: CredentialState): string[] =>
      saidBy('trusted', { issuer: null, ingredients: [step({ issuer: 'Bob', state })] });
    expect(said('changed')).toContain(words('names_signer', 'Bob'));
    expect(said('trusted')).toContain(words('signed_by', 'Bob'));
  });

  test('every code of C2PA and IPTC has words of its own; others are quoted as codes', () => {
    spoken.messages = messages;
    const item = (action: string, source_type: string | null): HTMLElement =>
      actionItem({ action, source_type, when: null });
    for (const action of KNOWN_CODES.actions) expect(item(action, null).innerHTML, action).not.toMatch(/action_|c2pa/);
    for (const source of KNOWN_CODES.sources) {
      expect(item('c2pa.created', source).textContent, source).not.toMatch(/says_|source_/);
      expect(item('c2pa.created', source).querySelector('code'), source).toBeNull();
    }
    const odd = item('com.maker.sparkled', 'toString');
    expect([...odd.querySelectorAll('code')].map((code) => code.textContent)).toEqual([
      'com.maker.sparkled',
      'toString',
    ]);
    expect(item('c2pa.watermarked', null).textContent).toBe(words('action_watermarked'));
  });
});

test('the codes are those of the specifications', () => {
  const { actions, sources } = KNOWN_CODES;
  const spec24 =
    'addedText adjustedColor changedSpeed converted created cropped deleted drawing dubbed edited edited.metadata enhanced filtered mastered mixed opened orientation placed published redacted remixed removed repackaged resized resized.proportional transcoded translated trimmed unknown watermarked.bound watermarked.unbound';
  const before = 'color_adjustments copied formatted managed printed produced saved version_updated watermarked';
  expect(actions.toSorted()).toEqual(
    `${spec24} ${before}`
      .split(' ')
      .map((a) => `c2pa.${a}`)
      .toSorted(),
  );
  expect(sources).toHaveLength(22);
});

test('a history that was written over is told from media that was', () => {
  spoken.messages = messagesOf('en');
  const note = (detail: string): string =>
    credentialsLane({ ...emptyCredentials('changed'), detail }, 8, null, null).querySelector('p:not(.line)')
      ?.textContent ?? '';
  expect(note('ingredient.manifest.mismatch')).toBe(spoken.messages['explain_changed_history']?.message);
  expect(note('assertion.bmffHash.mismatch')).toBe(spoken.messages['explain_changed']?.message);
});

describe('who says it, where the signer only took it in', () => {
  const said = (says: Says, ...history: HistoryStep[]): string => {
    spoken.messages = messagesOf('en');
    const c = { ...emptyCredentials('trusted'), says, issuer: 'EBU' };
    return credentialsLane({ ...c, history }, 8, null, null).textContent;
  };
  const of = (source_type: string): HistoryStep['actions'] => [{ action: 'c2pa.created', source_type, when: null }];
  const camera = step({ issuer: 'Sony', relationship: 'parentOf', actions: of('digitalCapture') });

  test.each<[string, Says, HistoryStep, RegExp | null]>([
    ['itself', 'captured', step({ actions: of('digitalCapture') }), null],
    ['an intact step', 'captured', step({ ingredients: [camera] }), /names Sony as its signer\.(?! Nobody)/],
    [
      'a stranger',
      'captured',
      step({ ingredients: [step({ ingredients: [{ ...camera, state: 'unrecognised' }] })] }),
      /names Sony as its signer\. Nobody vouches for that signer/,
    ],
    [
      'a generator',
      'ai-generated',
      step({ ingredients: [{ ...camera, actions: of('trainedAlgorithmicMedia') }] }),
      /Sony/,
    ],
    ['a picture of a prompt', 'captured', step({ ingredients: [{ ...camera, relationship: 'inputTo' }] }), null],
    ['the same signer', 'captured', step({ ingredients: [{ ...camera, issuer: 'EBU' }] }), null],
    ['nobody', 'nothing', step({ ingredients: [camera] }), null],
  ])('%s', (_, says, history, expected) => {
    const words = said(says, history);
    if (expected === null) expect(words).not.toContain('An earlier step');
    else expect(words).toMatch(expected);
  });
});

describe('a recording that was edited', () => {
  const lane = (...actions: string[]): string => {
    spoken.messages = messagesOf('en');
    const c = { ...emptyCredentials('trusted'), says: 'captured' as const, issuer: 'Leica' };
    return credentialsLane({ ...c, history: [step({ actions: doing(...actions) })] }, 8, null, null).textContent;
  };
  test.each([
    [false, ['c2pa.created']],
    [false, ['c2pa.opened', 'c2pa.transcoded', 'c2pa.watermarked.bound']],
    [true, ['c2pa.created', 'c2pa.cropped']],
    [true, ['c2pa.opened', 'com.maker.sparkled']],
    [true, ['toString']],
  ])('%s: %j', (expected, actions) => {
    expect(lane(...actions).includes('can change what is seen or heard')).toBe(expected);
  });
  test('also further back; not in the picture of a prompt', () => {
    const edited = step({ relationship: 'parentOf', actions: doing('c2pa.edited') });
    expect(namesChanges([step({ ingredients: [step({ ingredients: [edited] })] })])).toBe(true);
    expect(namesChanges([step({ ingredients: [{ ...edited, relationship: 'inputTo' }] })])).toBe(false);
  });
});
