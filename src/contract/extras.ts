/**
 * Settings that only a page with a video need know: the script of every other page has no room for them. Like the
 * others, one storage key each.
 */

/** Size of the badge: words, shapes only, or words in large print. */
export const SIZES = ['normal', 'compact', 'large'] as const;

/** Languages of the texts, by the names of their folders; `browser`: the browser's own. */
export const LANGUAGES = ['browser', 'de', 'en', 'es', 'fr', 'ja', 'zh_CN'] as const;
export type Language = (typeof LANGUAGES)[number];

export interface Extras {
  size: (typeof SIZES)[number];
  /** Battery saver: one window a video, and none while the battery is in use. */
  saver: boolean;
  language: Language;
}

export const EXTRAS: Extras = { size: 'normal', saver: false, language: 'browser' };

/** From what is stored. Broken values are left to those who use them, for the same want of room. */
export const extrasFrom = (stored: Record<string, unknown>): Extras => ({ ...EXTRAS, ...stored });
