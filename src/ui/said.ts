/** Tells assistive technology of each settled label, politely and once. */
import { h } from './h';

export interface Said {
  element: HTMLElement;
  say(id: string, words: string): void;
}

export function createSaid(): Said {
  const element = h('div', { class: 'said', 'aria-live': 'polite', role: 'status' });
  const told = new Set<string>();
  return {
    element,
    say: (id, words) => {
      if (told.has(id)) return;
      told.add(id);
      element.textContent = words;
    },
  };
}
