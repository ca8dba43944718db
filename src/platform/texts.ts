/** Texts of `_locales` in the user's language. */
import type { Text } from '../contract/words';
import { api } from './api';

/** The text in the user's language; the name itself when it doesn't exist (a repo test fails then). */
export function translate(t: Text): string {
  return api.i18n.getMessage(t.key, t.args) || t.key;
}

/** Language of the texts, and the direction it is written in (for `lang` and `dir`). */
export function language(): { lang: string; dir: string } {
  return { lang: api.i18n.getUILanguage(), dir: api.i18n.getMessage('@@bidi_dir') || 'ltr' };
}
