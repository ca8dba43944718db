/** The language that surfaces say they speak is that of their texts, whatever the browser's is. */
import { beforeEach, expect, test, vi } from 'vitest';

const i18n = vi.hoisted(() => ({ getUILanguage: vi.fn(), getMessage: vi.fn() }));
vi.mock('../../src/platform/api', () => ({ api: { i18n } }));

const { language, translate, useTexts } = await import('../../src/platform/texts');

const messages = (own: Record<string, string>) => (key: string) => own[key] ?? '';

beforeEach(() => {
  useTexts(null);
  i18n.getMessage.mockImplementation(messages({ texts_language: 'en', texts_direction: 'ltr', '@@bidi_dir': 'rtl' }));
});

test.each([
  ['en-GB', 'en-GB'],
  ['ar', 'en'],
  ['he-IL', 'en'],
  ['it', 'en'],
])('English texts in a browser of %s: %s, from left to right', (browser, lang) => {
  i18n.getUILanguage.mockReturnValue(browser);
  expect(language()).toEqual({ lang, dir: 'ltr' });
});

test('the browser’s region is kept where its language is ours', () => {
  i18n.getUILanguage.mockReturnValue('de-AT');
  i18n.getMessage.mockImplementation(messages({ texts_language: 'de', texts_direction: 'ltr' }));
  expect(language().lang).toBe('de-AT');
});

test('texts that the user has chosen speak for themselves', () => {
  i18n.getUILanguage.mockReturnValue('en-GB');
  useTexts({ texts_language: 'ar', texts_direction: 'rtl', hello: '$1 مرحبا' });
  expect(language()).toEqual({ lang: 'ar', dir: 'rtl' });
  expect(translate({ key: 'hello', args: ['A'] })).toBe('A مرحبا');
});
