import { h } from './h';

/** Copies text by a selected field: works on http: pages too, where there is no clipboard API. */
export function copyText(text: string, home: Node): boolean {
  const field = h('textarea');
  field.value = text;
  field.style.cssText = 'position:fixed;opacity:0';
  home.appendChild(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  return done;
}
