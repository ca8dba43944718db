/** Chooses the personal mark: a symbol and a colour. A page that draws a badge of its own doesn't know it. */
import { MARK_COLOURS, MARK_SYMBOLS } from '../contract/settings';
import type { Mark } from '../contract/settings';
import { h } from './h';
import { t } from './text';

function group<T extends string>(
  title: string,
  name: string,
  values: readonly T[],
  chosen: T,
  draw: (value: T, sample: HTMLElement) => void,
  changed: (value: T) => void,
): HTMLElement {
  const one = (value: T, i: number): HTMLElement => {
    const input = h('input', { type: 'radio', name, 'aria-label': `${title} ${i + 1}` });
    input.checked = value === chosen;
    input.addEventListener('change', () => {
      changed(value);
    });
    const sample = h('span', { class: 'sample', 'aria-hidden': 'true' });
    draw(value, sample);
    return h('label', 'swatch', input, sample);
  };
  return h('fieldset', 'swatches', h('legend', {}, title), ...values.map(one));
}

/** @param changed called with each new choice */
export function markPicker(mark: Mark, changed: (mark: Mark) => void): HTMLElement {
  let now = mark;
  const preview = h('span', 'preview');
  const show = (): void => {
    preview.textContent = now.symbol;
    preview.style.color = now.colour;
  };
  const set = (next: Mark): void => {
    now = next;
    show();
    changed(now);
  };
  show();
  return h(
    'div',
    {},
    h('p', {}, t('mark_yours'), ' ', preview),
    group(
      t('mark_symbol'),
      'symbol',
      MARK_SYMBOLS,
      mark.symbol,
      (value, sample) => {
        sample.textContent = value;
      },
      (symbol) => {
        set({ ...now, symbol });
      },
    ),
    group(
      t('mark_colour'),
      'colour',
      MARK_COLOURS,
      mark.colour,
      (value, sample) => {
        sample.textContent = '●';
        sample.style.color = value;
      },
      (colour) => {
        set({ ...now, colour });
      },
    ),
  );
}
