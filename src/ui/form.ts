/** Form parts of the popup, options and first-run pages. */
import { language } from '../platform/texts';
import { h } from './h';
import { t } from './text';

/** Language, direction and title of an extension page. */
export function dressPage(title: string): HTMLElement {
  const { lang, dir } = language();
  document.documentElement.lang = lang;
  document.documentElement.dir = dir;
  document.title = title;
  return document.getElementById('app') ?? document.body;
}

/** @param locked the organisation's policy has the say */
export function checkbox(
  words: string,
  checked: boolean,
  changed: (checked: boolean) => void,
  hint?: string,
  locked = false,
): HTMLElement {
  const input = h('input', { type: 'checkbox', role: 'switch', disabled: locked });
  input.checked = checked;
  input.addEventListener('change', () => {
    changed(input.checked);
  });
  const small = locked ? t('by_organisation') : hint;
  return h('label', 'choice', input, h('span', {}, words, small === undefined ? null : h('small', {}, small)));
}

/** One of several. @param locked the organisation's policy has the say */
export function choices<T extends string>(
  name: string,
  title: string,
  options: readonly { value: T; words: string }[],
  chosen: T,
  changed: (value: T) => void,
  locked = false,
): HTMLElement {
  const radio = ({ value, words }: { value: T; words: string }): HTMLElement => {
    const input = h('input', { type: 'radio', name });
    input.checked = value === chosen;
    input.addEventListener('change', () => {
      changed(value);
    });
    return h('label', 'choice', input, h('span', {}, words));
  };
  return h(
    'fieldset',
    { disabled: locked },
    h('legend', {}, title),
    ...options.map(radio),
    locked ? h('small', {}, t('by_organisation')) : null,
  );
}
