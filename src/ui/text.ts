/** Short ways to texts in the user's language. */
import { reasonText } from '../contract/words';
import { language, translate } from '../platform/texts';

export const t = (key: string, ...args: (string | number)[]): string => translate({ key, args: args.map(String) });

export const reason = (code: string): string => translate(reasonText(code));

/** The language as `Intl` takes it: a browser may name it with more (`en-US@posix`). */
const tag = (): string => language().lang.replace(/@.*/, '');

/** A number in the user's language. */
export function number(value: number, digits = 0): string {
  return value.toLocaleString(tag(), { maximumFractionDigits: digits });
}

/** Bytes in millions, as people read file sizes; the smaller, the more digits. */
export const megabytes = (bytes: number): string => number(bytes / 1e6, bytes < 1e5 ? 3 : bytes < 1e7 ? 1 : 0);

/** A point in time in the user's language; the raw text when it is none. */
export function when(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : date.toLocaleString(tag(), { dateStyle: 'medium', timeStyle: 'short' });
}

/** A day in the user's language; the raw text when it is none. */
export function day(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : date.toLocaleDateString(tag(), { dateStyle: 'medium', timeZone: 'UTC' });
}

/** Minutes and seconds of media time. */
export function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
