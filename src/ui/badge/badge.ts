/** The badge on one video: personal mark, provenance part, likelihood part. Both parts open the panel. */
import type { Mark } from '../../contract/settings';
import { fill, h, picture } from '../h';
import { t } from '../text';
import { METER, STATEMENT } from './glyphs';
import { badgeView } from './view';
import type { BadgeNews } from './view';

/** How much of the badge is shown: words, shapes only (narrow videos), or one shape (decorative ones). */
export type BadgeForm = 'words' | 'glyphs' | 'compact';
export type Lane = 'provenance' | 'likelihood';

export interface Badge {
  element: HTMLElement;
  update(news: BadgeNews): void;
  setForm(form: BadgeForm): void;
  setMark(mark: Mark): void;
  /** Whether the words may give way to the shapes (the video plays on). */
  setQuiet(quiet: boolean): void;
  /** Which video it is about and all words, as they are read aloud. */
  words(): string;
  /** Draws the eye to it, for a while. */
  ring(): void;
  focus(lane: Lane): void;
}

/** It stands still, so that nobody is disturbed by it. */
const RING = Array<string>(2).fill('4px solid #fff');
const RING_MS = 2_500;

/**
 * @param number of the video in its page or frame, from 0
 * @param open asked for when one of the parts was pressed
 */
export function createBadge(number: number, open: (lane: Lane) => void): Badge {
  const name = t('badge_name', number + 1);
  const mark = h('span', {
    class: 'mark',
    'aria-hidden': 'true',
    click: () => {
      open('provenance');
    },
  });
  const part = (lane: Lane): HTMLButtonElement =>
    h('button', {
      class: 'part',
      'aria-haspopup': 'dialog',
      'data-lane': lane,
      click: () => {
        open(lane);
      },
    });
  const parts: Record<Lane, HTMLButtonElement> = { provenance: part('provenance'), likelihood: part('likelihood') };
  const element = h(
    'div',
    { class: 'badge', role: 'group', 'aria-label': name, 'data-form': 'words' },
    mark,
    parts.provenance,
    parts.likelihood,
  );
  let shown = '';

  const show = (button: HTMLButtonElement, path: string, words: string): void => {
    fill(button, picture(path), h('span', 'words', words));
    button.title = words;
  };

  return {
    element,
    update: (news) => {
      const view = badgeView(news);
      const now = JSON.stringify(view);
      if (now === shown) return;
      shown = now;
      const { provenance, likelihood } = view;
      show(parts.provenance, STATEMENT[provenance.glyph], provenance.words);
      parts.provenance.dataset['glyph'] = provenance.glyph;
      parts.likelihood.hidden = likelihood === null;
      if (likelihood !== null) show(parts.likelihood, METER[likelihood.glyph], likelihood.words);
      // Put in anew, the parts don't count as moved: the page's own measure of its stability stays as it was.
      if (!element.matches(':hover,:focus-within')) element.append(...element.children);
    },
    setForm: (form) => {
      element.dataset['form'] = form;
    },
    setMark: ({ symbol, colour }) => {
      mark.textContent = symbol;
      mark.style.color = colour;
    },
    setQuiet: (quiet) => {
      element.toggleAttribute('data-quiet', quiet);
    },
    words: () => [name, ...Object.values(parts).flatMap((p) => (p.hidden ? [] : [p.textContent]))].join('. '),
    ring: () => {
      element.animate({ outline: RING }, RING_MS);
    },
    focus: (lane) => {
      parts[lane].focus();
    },
  };
}
