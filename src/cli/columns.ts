/** Text in the columns of a terminal: Chinese signs and emoji take two, combining marks none. */
import stringWidth from 'string-width';

const SEGMENTER = new Intl.Segmenter();

export const columnsOf = (text: string): number => stringWidth(text);

/** What a reader takes for one sign each. */
export const signsOf = (text: string): string[] => Array.from(SEGMENTER.segment(text), ({ segment }) => segment);

/** @returns as many of the first signs as fit */
export function firstOf(signs: string[], columns: number): string[] {
  let left = columns;
  const end = signs.findIndex((sign) => (left -= columnsOf(sign)) < 0);
  return end === -1 ? signs : signs.slice(0, end);
}

/** @returns the text, with spaces behind it up to a width */
export const padded = (text: string, columns: number): string =>
  text + ' '.repeat(Math.max(0, columns - columnsOf(text)));
