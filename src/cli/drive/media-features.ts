/** What style sheets may ask of the user's wishes, as media features: name, value if so, value if not. */
import type { ViewportOptions } from './driver';

export type Wish = keyof ViewportOptions;

export const MEDIA_FEATURES: Record<Wish, [name: string, yes: string, no: string]> = {
  dark: ['prefers-color-scheme', 'dark', 'light'],
  forcedColours: ['forced-colors', 'active', 'none'],
  calm: ['prefers-reduced-motion', 'reduce', 'no-preference'],
};

/** The wishes that are told, with their answers. */
export const wishesIn = (options: ViewportOptions): [Wish, boolean][] =>
  (Object.keys(MEDIA_FEATURES) as Wish[]).flatMap((wish) => {
    const value = options[wish];
    return value === undefined ? [] : [[wish, value]];
  });
