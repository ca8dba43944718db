/** Which mark or statement a line of text is: a closed list, read with forbearance, and only as a whole line. */
import type { DisclosureSays } from '../../contract/label';
import { distance, folded } from './fold';
import { statementIn } from './statements';
import { MARKS } from './table';
import type { Mark } from './table';

export interface Match {
  /** Null for a statement in words. */
  mark: Mark | null;
  says: DisclosureSays;
  /** A statement as a person reads it; null for a mark. */
  words: string | null;
  /** How far the text is from the form it stands for; 0 is as written. */
  cost: number;
  /** Near enough to count; else only worth another look. */
  isNear: boolean;
}

/** A sign beside the name (a cloud, a ring) is read as one of these; and nobody writes so. */
const SIGN = /^[oqcgeu0689]/;
const SIGN_COST = 0.25;
/** Versions, as in `Kling AI 1.6` or `Veo 3.1 Fast`. */
const VERSION = /v?\d{1,2}(?:pro|fast|turbo|master|hd)?$/;

const FORMS = MARKS.flatMap((mark) => mark.forms.map((form) => ({ mark, form: folded(form) })));

/** Short names are close to other words: they may be off by little. */
function mayCost(form: string): number {
  if (/[^a-z0-9]/.test(form)) return form.length > 2 ? 0.5 : 0;
  if (form.length < 4) return 0.25;
  if (form.length < 7) return 0.5;
  return form.length < 9 ? 1 : 1.5;
}

function costOf(text: string, form: string): number {
  const plain = distance(text, form);
  const unsigned = SIGN.test(text) ? distance(text.slice(1), form) + SIGN_COST : Infinity;
  return Math.min(plain, unsigned);
}

/** Words and names of others that are as near as a misreading would be. */
const OTHERS = ['king', 'kingai', 'invideo', 'minimal', 'minima', 'vita'];

/** What follows an `@` is a user's name, which stands beside the mark. */
const nameless = (line: string): string => line.replace(/(.)@.*$/, '$1');

/** How a credit begins; behind it stands the name. */
const CREDIT = /^(?:this)?(?:video)?(?:was)?(?:(?:made|created|generated|produced)(?:with|using)|generatedby)(?=.)/;

/** A line that is off by this much more may be a mark that is read wrong in this picture, and right in another one. */
const ANOTHER_LOOK = 1;

/** @returns null for a line that says anything else, or more */
export function matchLine(line: string): Match | null {
  const whole = folded(nameless(line));
  const name = whole.replace(CREDIT, '');
  if (OTHERS.includes(name)) return null;
  const texts = [whole, name, name.replace(VERSION, '')].filter(
    (text, i, all) => text !== '' && all.indexOf(text) === i,
  );
  let best: Match | null = null;
  for (const { mark, form } of FORMS) {
    const cost = Math.min(...texts.map((text) => costOf(text, form)));
    if (cost > mayCost(form) + ANOTHER_LOOK || cost >= (best?.cost ?? Infinity)) continue;
    best = { mark, says: mark.says, words: null, cost, isNear: cost <= mayCost(form) };
  }
  if (best?.cost === 0) return best;
  const statement = statementIn(line);
  return statement === null ? best : { mark: null, ...statement, cost: 0, isNear: true };
}
