/** Texts of `_locales` in the user's language. */
import type { Text } from '../contract/words';
import type { Texts } from '../contract/messages';
import { api } from './api';

/** Of the language that the user has chosen; null: the browser's own. */
let own: Texts | null = null;

export function useTexts(texts: Texts | null): void {
  own = texts;
}

/** The text in the user's language; the name itself when it doesn't exist (a repo test fails then). */
export function translate(t: Text): string {
  const text = own?.[t.key];
  if (text !== undefined) return text.replace(/\$(\d)/g, (_, digit: string) => t.args[Number(digit) - 1] ?? '');
  return api.i18n.getMessage(t.key, t.args) || t.key;
}

/**
 * Language of the texts, and the direction it is written in (for `lang` and `dir`). In a browser whose language we don't
 * speak the texts are English; one of its own region (`en-GB`) is kept.
 */
export function language(): { lang: string; dir: string } {
  const [texts, dir] = [
    translate({ key: 'texts_language', args: [] }),
    translate({ key: 'texts_direction', args: [] }),
  ];
  const ours = own === null ? api.i18n.getUILanguage() : texts;
  return { lang: ours.split('-')[0] === texts.split('-')[0] ? ours : texts, dir };
}
