/** Every text that code names exists, in every language. */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CREDENTIAL_STATES, DISCLOSURE_SAYS, SAYS, type Disclosure } from '../../src/contract/label';
import { cannotTell, emptyCredentials } from '../../src/contract/lanes';
import { ANCHOR_REASONS, BYTES_REASONS, ESTIMATE_REASONS, SIGNER_REASONS } from '../../src/contract/reasons';
import { likelihoodText, provenanceTexts, reasonText } from '../../src/contract/words';
import { readJson } from './files';

type Messages = Record<string, { message: string }>;
const LOCALES = readdirSync('public/_locales');
const messagesOf = (locale: string): Messages => readJson<Messages>(`public/_locales/${locale}/messages.json`);
const english = messagesOf('en');

/** Names of the texts of all headlines that can be. */
function headlineKeys(): string[] {
  const keys = new Set<string>();
  const note = (texts: { key: string }[]): void => {
    for (const { key } of texts) keys.add(key);
  };
  for (const state of CREDENTIAL_STATES) {
    for (const says of SAYS) {
      const unverified = state === 'unverified' ? says : ('nothing' as const);
      for (const reason of [...SIGNER_REASONS, ...BYTES_REASONS]) {
        note(provenanceTexts({ ...emptyCredentials(state, reason), says, claims: unverified }, []));
      }
    }
  }
  for (const says of DISCLOSURE_SAYS) {
    for (const by of ['file', 'picture', 'page'] as const) {
      const disclosure: Disclosure = { kind: 'aigc-label', says, value: 'x', where: 'x', by };
      note(provenanceTexts(emptyCredentials('none'), [disclosure]));
      note(provenanceTexts(emptyCredentials('none'), [{ ...disclosure, where: 'youtube/x' }]));
    }
  }
  const mark = { id: 'x', name: 'x', owner: 'x', text: 'x', times_s: [], box: [0, 0, 1, 1] } as Disclosure['mark'];
  const marked: Disclosure = { kind: 'visible-mark', says: 'ai-generated', value: 'x', where: '', by: 'picture', mark };
  note(provenanceTexts(emptyCredentials('none'), [marked]));
  for (const reason of ESTIMATE_REASONS) note([likelihoodText(cannotTell(reason)) ?? { key: 'cannot_tell' }]);
  for (const band of ['strong', 'some', 'few'] as const) {
    note([likelihoodText({ ...cannotTell('black'), state: 'answered', band, score: 0.5 }) ?? { key: '' }]);
  }
  return [...keys];
}

const reasonKeys = [...SIGNER_REASONS, ...BYTES_REASONS, ...ESTIMATE_REASONS, ...ANCHOR_REASONS].map(
  (code) => reasonText(code).key,
);
const placeholders = (text: string): string[] => [...new Set(text.match(/\$\d/g) ?? [])].sort();

describe.each(LOCALES)('texts in %s', (locale) => {
  const messages = messagesOf(locale);

  it('has every reason', () => {
    expect(reasonKeys.filter((key) => !messages[key]?.message)).toEqual([]);
  });
  it('says which language it is', () => {
    expect(messages['texts_language']?.message).toBe(locale.replace('_', '-'));
    expect(messages['texts_direction']?.message).toMatch(/^(ltr|rtl)$/);
  });
  it('has every headline', () => {
    expect(headlineKeys().filter((key) => !messages[key]?.message)).toEqual([]);
  });
  it('has the same texts as English, with the same arguments', () => {
    expect(Object.keys(messages).sort()).toEqual(Object.keys(english).sort());
    const other = Object.keys(english).filter(
      (key) => placeholders(messages[key]?.message ?? '').join() !== placeholders(english[key]?.message ?? '').join(),
    );
    expect(other).toEqual([]);
  });
});

it('has all languages that were promised', () => {
  expect(LOCALES.sort()).toEqual(['de', 'en', 'es', 'fr', 'ja', 'zh_CN']);
});

it('never calls a video real, authentic or fake', () => {
  const bad = Object.entries(english).filter(([, { message }]) =>
    /\b(real|authentic|genuine|fake|false)\b/i.test(message),
  );
  expect(bad.map(([key]) => key)).toEqual([]);
});
