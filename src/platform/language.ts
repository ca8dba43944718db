/** The language that the user has chosen, where it isn't the browser's: its texts are read from our own files. */
import { LANGUAGES } from '../contract/extras';
import type { Texts } from '../contract/messages';
import { api } from './api';
import { readExtras } from './storage';
import { useTexts } from './texts';

/** @returns null when the browser's own language is wanted */
export async function chosenTexts(): Promise<Texts | null> {
  const { language } = await readExtras();
  if (language === 'browser' || !LANGUAGES.includes(language)) return null;
  const file = await fetch(api.runtime.getURL(`_locales/${language}/messages.json`));
  const messages = (await file.json()) as Record<string, { message: string }>;
  return Object.fromEntries(Object.entries(messages).map(([key, { message }]) => [key, message]));
}

/** In a context of the extension itself: to be called before the first text is shown. */
export async function useLanguage(): Promise<void> {
  useTexts(await chosenTexts());
}
