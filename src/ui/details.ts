/** Small parts that the panel is built of. */
import { fill, h } from './h';

/** A term and what is known of it; strings of files and signers are shown as they are, in their own direction. */
export function row(term: string, value: string | Node | null): HTMLElement[] {
  if (value === null || value === '') return [];
  return [h('dt', {}, term), h('dd', { attrs: { dir: 'auto' } }, value)];
}

/** A part that opens; `key` keeps it open over updates. */
export function fold(key: string, title: string, ...inside: (Node | string | null)[]): HTMLElement {
  return h('details', { attrs: { 'data-key': key } }, h('summary', { attrs: { 'data-key': `${key}-summary` } }, title), ...inside);
}

export function action(key: string, words: string, run: (button: HTMLButtonElement) => void): HTMLButtonElement {
  const button = h('button', { class: 'action', attrs: { 'data-key': key } }, words);
  button.addEventListener('click', () => { run(button); });
  return button;
}

/** Replaces the content of a part; what was open stays open, and the focus stays where it was. */
export function refresh(body: HTMLElement, root: DocumentOrShadowRoot, ...content: Node[]): void {
  const open = new Set([...body.querySelectorAll('details[open]')].map((d) => d.getAttribute('data-key')));
  const focused = root.activeElement;
  const key = focused !== null && body.contains(focused) ? focused.getAttribute('data-key') : null;
  const { scrollTop } = body;
  fill(body, ...content);
  for (const details of body.querySelectorAll('details')) details.open = open.has(details.getAttribute('data-key'));
  body.scrollTop = scrollTop;
  if (key !== null) body.querySelector<HTMLElement>(`[data-key="${key}"]`)?.focus();
}
