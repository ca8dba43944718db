/** Short ways to texts in the user's language. */
import { reasonText } from '../contract/words';
import { language, translate } from '../platform/texts';

export const t = (key: string, ...args: (string | number)[]): string => translate({ key, args: args.map(String) });

export const reason = (code: string): string => translate(reasonText(code));

/** A number in the user's language. */
export function number(value: number, digits = 0): string {
  return new Intl.NumberFormat(language().lang, { maximumFractionDigits: digits }).format(value);
}

/** Bytes in millions, as people read file sizes; small files keep one digit. */
export const megabytes = (bytes: number): string => number(bytes / 1e6, bytes < 10e6 ? 1 : 0);

/** A point in time in the user's language; the raw text when it is none. */
export function when(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return new Intl.DateTimeFormat(language().lang, { dateStyle: 'medium', timeStyle: 'short' }).format(date);
}

/** Minutes and seconds of media time. */
export function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${String(Math.floor(whole / 60))}:${String(whole % 60).padStart(2, '0')}`;
}
