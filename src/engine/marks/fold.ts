/** Texts as they are compared: without case, accents, spaces and signs; and how far apart two of them are. */

/** Letters and digits only; `é` and `e`, `Ａ` and `a` are the same, and signs that are read for a commoner one. */
export const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .normalize('NFC')
    .replace('生城', '生成')
    .replace('千间', '千问');

/** Signs that a recogniser takes for each other in small or blurred print; each group once. */
const ALIKE = ['s5$', '6sb', '8sb', 'o0', 'il1j', 'vuy', 'ec', 'a4', 'g9q', 'z2', 't7', 'nh', 'uv', 'rn', 'il1t'];

/** A digit in place of a letter says little: nobody writes so. Two letters may be two words. */
const DIGIT_COST = 0.25;
const LETTER_COST = 0.5;

function swapCost(a: string, b: string): number {
  if (a === b) return 0;
  if (!ALIKE.some((group) => group.includes(a) && group.includes(b))) return 1;
  return /\d/.test(a + b) || /^[il]{2}$/.test(a + b) ? DIGIT_COST : LETTER_COST;
}

/** A narrow letter is easily read twice, or not at all. */
const extraCost = (sign: string): number => (/[il1j]/.test(sign) ? LETTER_COST : 1);

/** Edits that make one text the other, alike signs at a part of the price. */
export function distance(a: string, b: string): number {
  let row = [0];
  for (const sign of b) row.push((row.at(-1) ?? 0) + extraCost(sign));
  for (let i = 1; i <= a.length; i++) {
    const mine = a[i - 1] ?? '';
    const next = [(row[0] ?? 0) + extraCost(mine)];
    for (let j = 1; j <= b.length; j++) {
      const other = b[j - 1] ?? '';
      const swapped = (row[j - 1] ?? 0) + swapCost(mine, other);
      next.push(Math.min((row[j] ?? 0) + extraCost(mine), (next[j - 1] ?? 0) + extraCost(other), swapped));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
