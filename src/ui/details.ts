/** Small parts that the panel is built of. */
import { fill, h } from './h';
import { t } from './text';

/**
 * Terms (by the names of their texts) and what is known of them; nothing known, no row. Strings of
 * files and signers are shown as they are, in their own direction.
 */
export function rows(known: Record<string, string | null>): HTMLElement | null {
  const found = Object.entries(known).filter(([, value]) => value !== null && value !== '');
  const pair = ([term, value]: [string, string | null]): HTMLElement[] => [
    h('dt', {}, t(term)),
    h('dd', { dir: 'auto' }, value),
  ];
  return found.length === 0 ? null : h('dl', {}, ...found.flatMap(pair));
}

/** A line in small print. */
export const note = (words: string): HTMLElement => h('p', 'dim', words);

/** What is known through a function; nothing stays nothing. */
export const known = <T, R>(value: T | null, words: (value: T) => R): R | null =>
  value === null ? null : words(value);

/** A part that opens; `key` (its id, unique in our root) keeps it open over updates. */
export function fold(key: string, title: string, ...inside: (Node | string | null)[]): HTMLElement {
  return h('details', { id: key }, h('summary', { id: `${key}-summary` }, title), ...inside);
}

export function action(key: string, words: string, run: (button: HTMLButtonElement) => void): HTMLButtonElement {
  const button = h('button', { class: 'action', id: key }, words);
  button.addEventListener('click', () => {
    run(button);
  });
  return button;
}

const controlsIn = (body: HTMLElement): HTMLElement[] => [
  ...body.querySelectorAll<HTMLElement>('a, button, input, select, summary, textarea'),
];

/**
 * Replaces the content of a part; what was open stays open, and the focus stays where it was: at what has the same id, or,
 * where there is none, at the same place.
 */
export function refresh(body: HTMLElement, root: DocumentOrShadowRoot, ...content: (Node | null)[]): void {
  const open = new Set([...body.querySelectorAll('details[open]')].map((d) => d.id));
  const focused = root.activeElement;
  const place = controlsIn(body).findIndex((control) => control === focused);
  const key = focused?.id ?? '';
  const { scrollTop } = body;
  fill(body, ...content);
  for (const details of body.querySelectorAll('details')) details.open = open.has(details.id);
  body.scrollTop = scrollTop;
  if (place < 0) return;
  const controls = controlsIn(body);
  const next = key === '' ? controls[Math.min(place, controls.length - 1)] : controls.find(({ id }) => id === key);
  next?.focus({ preventScroll: true });
}
