import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CREDENTIAL_STATES, DISCLOSURE_SAYS } from '../../src/contract/label';
import { BYTES_REASONS, ESTIMATE_REASONS, SIGNER_REASONS } from '../../src/contract/reasons';
import { CORNERS } from '../../src/contract/settings';
import { underscored } from '../../src/contract/words';

type Messages = Record<string, { message: string }>;
const LOCALES = ['de', 'en', 'es', 'fr', 'ja', 'zh_CN'];
const read = (locale: string): Messages =>
  JSON.parse(readFileSync(`public/_locales/${locale}/messages.json`, 'utf8')) as Messages;
const en = read('en');

const arguments_ = (text: string): string[] => [...new Set(text.match(/\$\d/g) ?? [])].sort();

/** Names of texts as the surfaces write them: `t('name')`, or as the term of a row. */
function usedNames(): string[] {
  const files = ['src/ui', 'src/entries'].flatMap((folder) =>
    readdirSync(folder, { recursive: true })
      .map((f) => join(folder, String(f)))
      .filter((f) => f.endsWith('.ts')),
  );
  const code = files.map((f) => readFileSync(f, 'utf8')).join('\n');
  return [
    ...new Set(
      [...code.matchAll(/\bt\('([a-z_]+)'|^\s+((?:row|trust|model)_[a-z_]+): /gm)].map((m) => (m[1] ?? m[2]) as string),
    ),
  ];
}

/** Names that are put together at run time. */
const composed = [
  ...CREDENTIAL_STATES.map((s) => `explain_${underscored(s)}`),
  'explain_changed_history',
  ...DISCLOSURE_SAYS.map((s) => `says_${underscored(s)}`),
  ...[...SIGNER_REASONS, ...BYTES_REASONS, ...ESTIMATE_REASONS].map((r) => `reason_${underscored(r)}`),
  ...CORNERS.map((c) => `corner_${underscored(c)}`),
  ...['strong', 'some', 'few'].flatMap((b) => [`band_${b}`, `explain_band_${b}`]),
  ...['c2pa', 'interim', 'user'].map((l) => `list_${l}`),
  ...['trusted', 'untrusted', 'mismatch', 'none'].map((s) => `stamp_${s}`),
  ...['file', 'picture', 'page'].map((b) => `by_${b}`),
  ...['page_says_ai', 'site_says_ai'],
  ...['intact', 'unrecognised', 'changed', 'malformed'].map((s) => `step_${s}`),
];

/** Arguments that are no counts: names, words, other texts, times; and what is found in any number. */
const NO_COUNTS =
  /^(badge_name|signed_|picture_|page_|site_|switch_site|by_|names_signer|read_remote|mark_|unseen_bytes|forget_|anchor|report_no|report_sha|notices_|stored_|wrong_|window_at|disclosures_some|score_of_one|note_step)/;
/** Of what there are always many, and units that have no plural. */
const NO_PLURAL = /\$\d ((of|von|de|sur) \$2( \p{L}+)?|MB|Mo|s\b|%)/gu;

describe('texts', () => {
  test.each(['de', 'en', 'es', 'fr'])('%s: no noun follows a number, which may be one or many', (locale) => {
    const counted = Object.entries(read(locale)).filter(([name]) => !NO_COUNTS.test(name));
    const bad = counted.filter(([, { message }]) => /\$\d \p{L}/u.test(message.replace(NO_PLURAL, '')));
    expect(bad.map(([name, { message }]) => `${name}: ${message}`)).toEqual([]);
  });

  test('every name that the surfaces use has a text', () => {
    const missing = [...usedNames(), ...composed].filter((name) => !(name in en));
    expect(missing).toEqual([]);
  });

  test('all languages are there', () => {
    expect(readdirSync('public/_locales').sort()).toEqual(LOCALES);
  });

  test.each(LOCALES)('%s: the same names and arguments as in English', (locale) => {
    const messages = read(locale);
    expect(Object.keys(messages).sort()).toEqual(Object.keys(en).sort());
    for (const [name, { message }] of Object.entries(messages)) {
      expect(message.trim(), name).not.toBe('');
      expect(arguments_(message), name).toEqual(arguments_(en[name]?.message ?? ''));
    }
  });

  test('no word that judges', () => {
    for (const [name, { message }] of Object.entries(en))
      expect(message, name).not.toMatch(/\b(real|fake|false|authentic)\b/i);
  });
});
