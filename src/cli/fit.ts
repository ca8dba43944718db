/** Names in a column: safe for a terminal, and cut where it hurts least. */

/** Names come from files: no control character, no change of direction reaches the terminal. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]/gu, '\uFFFD');
}

/** Cut in the middle: the end of a path tells most. */
function cut(text: string, width: number): string {
  const characters = Array.from(text);
  if (characters.length <= width) return text;
  const tail = Math.floor(width * 0.75);
  return `${characters.slice(0, width - tail - 1).join('')}…${characters.slice(-tail).join('')}`;
}

/** Of an address, host and file tell most: what lies between them goes first, then the query. */
function cutAddress(text: string, width: number): string {
  const [, host = '', path = '', query = ''] = /^https?:\/\/([^/?#]*)([^?#]*)(.*)$/is.exec(text) ?? [];
  const file = path.slice(path.lastIndexOf('/') + 1);
  const shorter = [`${host}${path}${query}`, `${host}/…/${file}${query}`, `${host}/…/${file}${query && '?…'}`];
  const found = shorter.find((candidate) => Array.from(candidate).length <= width);
  if (found !== undefined) return found;
  const forHost = Math.floor(width / 2) - 3;
  const shownHost = cut(host, Math.max(forHost, width - 3 - Array.from(file).length));
  return `${shownHost}/…/${cut(file, width - 3 - Array.from(shownHost).length)}`;
}

/** @returns the text, safe, and no wider than asked for */
export function shorten(text: string, width: number): string {
  const clean = printable(text);
  if (Array.from(clean).length <= width) return clean;
  return /^https?:\/\//i.test(clean) ? cutAddress(clean, width) : cut(clean, width);
}

/** @returns the text, safe, and as wide as asked for */
export function fit(text: string, width: number): string {
  const short = shorten(text, width);
  return short + ' '.repeat(width - Array.from(short).length);
}
