/** Form parts of the popup, options and first-run pages. */
import { language } from '../platform/texts';
import { h } from './h';

/** Language, direction and title of an extension page. */
export function dressPage(title: string): HTMLElement {
  const { lang, dir } = language();
  document.documentElement.lang = lang;
  document.documentElement.dir = dir;
  document.title = title;
  return document.getElementById('app') ?? document.body;
}

export function checkbox(
  words: string,
  checked: boolean,
  changed: (checked: boolean) => void,
  hint?: string,
): HTMLElement {
  const input = h('input', { type: 'checkbox', role: 'switch' });
  input.checked = checked;
  input.addEventListener('change', () => {
    changed(input.checked);
  });
  return h('label', 'choice', input, h('span', {}, words, hint === undefined ? null : h('small', {}, hint)));
}

/** One of several; each with words and, where they help, a hint. */
export function choices<T extends string>(
  name: string,
  title: string,
  options: readonly { value: T; words: string }[],
  chosen: T,
  changed: (value: T) => void,
): HTMLElement {
  const radio = ({ value, words }: { value: T; words: string }): HTMLElement => {
    const input = h('input', { type: 'radio', name });
    input.checked = value === chosen;
    input.addEventListener('change', () => {
      changed(value);
    });
    return h('label', 'choice', input, h('span', {}, words));
  };
  return h('fieldset', {}, h('legend', {}, title), ...options.map(radio));
}
