/** Names in a column: safe for a terminal, and cut where it hurts least. Widths are columns of a terminal. */
import { startOf } from '../contract/start-of';
import { columnsOf, firstOf, padded, signsOf } from './columns';

/** Names come from files: no control character, no change of direction reaches the terminal. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]/gu, '\uFFFD');
}

/** More of a name than any terminal shows. */
const ENOUGH = 1_000;

/** Of a very long name its beginning and its end: to tell its signs apart takes time that grows with the square. */
function endsOf(text: string): string {
  if (text.length <= 2 * ENOUGH) return text;
  const begin = startOf(text, ENOUGH);
  const end = text.slice(-ENOUGH).replace(/^[\uDC00-\uDFFF]/, '');
  return `${begin}…${end}`;
}

/** Cut in the middle: the end of a path tells most. */
function cut(text: string, width: number): string {
  if (columnsOf(text) <= width) return text;
  const signs = signsOf(text);
  const tail = firstOf(signs.toReversed(), Math.floor(width * 0.75))
    .toReversed()
    .join('');
  return `${firstOf(signs, width - columnsOf(tail) - 1).join('')}…${tail}`;
}

/** Of an address, host and file tell most: what lies between them goes first, then the query. */
function cutAddress(text: string, width: number): string {
  const [, host = '', path = '', query = ''] = /^https?:\/\/([^/?#]*)([^?#]*)(.*)$/is.exec(text) ?? [];
  const file = path.slice(path.lastIndexOf('/') + 1);
  const shorter = [`${host}${path}${query}`, `${host}/…/${file}${query}`, `${host}/…/${file}${query && '?…'}`];
  const found = shorter.find((candidate) => columnsOf(candidate) <= width);
  if (found !== undefined) return found;
  const forHost = Math.floor(width / 2) - 3;
  const shownHost = cut(host, Math.max(forHost, width - 3 - columnsOf(file)));
  return `${shownHost}/…/${cut(file, width - 3 - columnsOf(shownHost))}`;
}

/** @returns the text, safe, and no wider than asked for */
export function shorten(text: string, width: number): string {
  const clean = printable(endsOf(text));
  if (columnsOf(clean) <= width) return clean;
  return /^https?:\/\//i.test(clean) ? cutAddress(clean, width) : cut(clean, width);
}

/** @returns the text, safe, and as wide as asked for */
export function fit(text: string, width: number): string {
  return padded(shorten(text, width), width);
}
