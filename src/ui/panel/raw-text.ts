/** The manifest store as it is, for those who want to see it: read when it is opened, and shown as text. */
import { h } from '../h';

/** Texts that were shown once, and stay while the panel is drawn anew. */
const shown = new WeakMap<Blob, HTMLPreElement>();

/** What turns the direction of text or can't be seen is written as JSON writes it. */
const visible = (text: string): string =>
  text.replace(/[\p{Cf}\u2028\u2029]/gu, (c) => `\\u${(c.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`);

/** @param part that opens; the text is put into it */
export function rawText(part: HTMLElement, json: Blob): HTMLElement {
  const known = shown.get(json);
  const text = known ?? h('pre', { dir: 'ltr', tabindex: 0, id: 'raw-text' });
  part.append(text);
  if (known !== undefined) return part;
  part.addEventListener(
    'toggle',
    () => {
      shown.set(json, text);
      void json.text().then((words) => {
        text.textContent = visible(words);
      });
    },
    { once: true },
  );
  return part;
}
