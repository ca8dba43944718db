/** Shapes of the badge: each state has a shape of its own, so that colour is never needed. Paths on a 16x16 grid. */
import type { Label } from '../../contract/label';
import { isSigned, leadingDisclosure } from '../../contract/words';

/** Provenance: what kind of statement leads. */
const HEXAGON = 'M8 .6l6.4 3.7v7.4L8 15.4l-6.4-3.7V4.3z';
const INNER_HEXAGON = 'M8 2.7L3.4 5.3v5.4L8 13.3l4.6-2.6V5.3z';
const RING = 'M8 1a7 7 0 110 14A7 7 0 018 1zm0 1.7a5.3 5.3 0 100 10.6A5.3 5.3 0 008 2.7z';
const LINES = 'M5 5.5V7h6V5.5zM5 8.8v1.5h4V8.8z';

export const STATEMENT = {
  /** A seal: signed and intact, by someone on a list. */
  seal: HEXAGON + LINES,
  /** The seal's outline: signed by a stranger, or not yet checked. */
  stranger: HEXAGON + INNER_HEXAGON,
  /** A triangle: something is wrong with what was signed. */
  warning: 'M8 1l7.5 13.5H.5zM7.2 6v4.5h1.6V6zm0 5.5V13h1.6v-1.5z',
  /** A speech bubble: the file, the picture or the page says so. */
  quote: 'M1 2h14v10H8l-4 3v-3H1z' + LINES,
  /** A ring with a line: nothing said. */
  nothing: RING + 'M4.8 7.2h6.4v1.6H4.8z',
  /** A ring struck through: could not be looked at. */
  blocked: RING + 'M3.6 4.8l1.2-1.2 7.6 7.6-1.2 1.2z',
} as const;

/** One bar of the meter: left edge and height, filled or hollow. */
function bar(x: number, height: number, full: boolean): string {
  const outer = `M${x} 15v-${height}h3.6v${height}z`;
  return full ? outer : `${outer}M${x + 1.1} 13.9v-${height - 2.2}h1.4v${height - 2.2}z`;
}
const bars = (full: number): string => [5, 9.5, 14].map((height, i) => bar(1 + i * 5.2, height, i < full)).join('');

/** Likelihood: a meter of three bars; a question mark when nothing can be told; dots while looking. */
export const METER = {
  strong: bars(3),
  some: bars(2),
  few: bars(1),
  unknown: 'M3.5 5.5a4.5 4.5 0 119 0c0 2.7-3.5 3-3.5 5H7c0-3 3.5-3.3 3.5-5a2.5 2.5 0 10-5 0zM7 12h2v2.5H7z',
  looking: 'M1.5 6.5h3v3h-3zm5 0h3v3h-3zm5 0h3v3h-3z',
} as const;

export type StatementGlyph = keyof typeof STATEMENT;
export type MeterGlyph = keyof typeof METER;

export function statementGlyph({
  credentials,
  disclosures,
}: Pick<Label, 'credentials' | 'disclosures'>): StatementGlyph {
  const { state } = credentials;
  if (isSigned(state)) return 'seal';
  if (state === 'changed' || state === 'malformed') return 'warning';
  if (state === 'unrecognised') return 'stranger';
  if (state === 'unverified' && (credentials.claims !== 'nothing' || leadingDisclosure(disclosures) === null))
    return 'stranger';
  if (leadingDisclosure(disclosures) !== null) return 'quote';
  return state === 'unreachable' ? 'blocked' : 'nothing';
}

export function meterGlyph({ state, band, reason }: Label['estimate']): MeterGlyph {
  if (state === 'answered' && band !== null) return band;
  return reason === 'still-looking' ? 'looking' : 'unknown';
}
