/** Lines of which the detector saw only a part: of faint letters it often leaves out the first or the last. */
import { folded } from './fold';
import { CHINESE, FORMS } from './statements';
import { MARKS } from './table';
import type { Box } from './types';

const ALL = [
  ...MARKS.flatMap(({ forms }) => forms.map(folded)),
  ...FORMS.map(({ form }) => form),
  ...CHINESE.map(folded),
];

/** Less than this of a form could be a part of anything. */
const MIN_SIGNS = 2;
const MIN_SHARE = 0.4;
/** In signs: dashes and spaces don't count as missing, and need room all the same. */
const ROOM = 0.7;
/** `i` and `l` are one for the other in most fonts. */
const plain = (text: string): string => text.replace(/[l1]/g, 'i');

interface Missing {
  before: number;
  after: number;
}

/** How many signs of the nearest form are missing on both sides; null when the text is no part of any. */
function missingOf(text: string): Missing | null {
  const found = ALL.filter((form) => {
    const isLong = text.length >= MIN_SIGNS && text.length >= form.length * MIN_SHARE;
    return isLong && text.length < form.length && plain(form).includes(plain(text));
  });
  const [form] = found.toSorted((a, b) => a.length - b.length);
  if (form === undefined) return null;
  const before = plain(form).indexOf(plain(text));
  return { before, after: form.length - before - text.length };
}

/** The box of the whole line, with some room. @returns null when what was read is no part of a mark */
export function wholeBox(line: string, box: Box): Box | null {
  const text = folded(line);
  const missing = missingOf(text);
  if (missing === null) return null;
  const sign = Math.max(box.width / text.length, box.height / 2);
  const room = (signs: number): number => (signs === 0 ? 0 : (signs + ROOM) * sign);
  const x = Math.max(0, box.x - room(missing.before));
  const right = box.x + box.width + room(missing.after);
  return { x, y: box.y, width: right - x, height: box.height };
}
