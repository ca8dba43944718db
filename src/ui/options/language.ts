/** The language of Assay's own texts. */
import { LANGUAGES } from '../../contract/extras';
import type { Language } from '../../contract/extras';
import type { Policy } from '../../contract/policy';
import { writeSetting } from '../../platform/storage';
import { h } from '../h';
import { t } from '../text';

/** Each in its own language, for those who can't read the one that is set. */
const NAMES: Record<Exclude<Language, 'browser'>, string> = {
  de: 'Deutsch',
  en: 'English',
  es: 'Español',
  fr: 'Français',
  ja: '日本語',
  zh_CN: '简体中文',
};

function option(value: Language, chosen: Language): HTMLElement {
  const words = value === 'browser' ? t('language_browser') : NAMES[value];
  const lang = value === 'browser' ? null : value.replace('_', '-');
  return h('option', { value, lang, selected: value === chosen }, words);
}

/** @param policy what the organisation has set, by key */
export function languageSection(language: Language, policy: Policy['stored']): HTMLElement {
  const locked = 'language' in policy;
  const select = h('select', { disabled: locked }, ...LANGUAGES.map((value) => option(value, language)));
  select.addEventListener('change', () => {
    void writeSetting('language', select.value as Language).then(() => {
      location.reload();
    });
  });
  const hint = h('small', {}, t(locked ? 'by_organisation' : 'language_hint'));
  return h(
    'section',
    {},
    h('h2', {}, t('language_title')),
    h('label', 'field', h('span', {}, t('language_field'), hint), select),
  );
}
