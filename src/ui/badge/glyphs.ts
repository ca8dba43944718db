/** Shapes of the badge: each state has a shape of its own, so that colour is never needed. Paths on a 16x16 grid. */
import type { Label } from '../../contract/label';
import { isSigned, leadingDisclosure } from '../../contract/words';

/** Provenance: what kind of statement leads. */
export const STATEMENT = {
  /** A seal: signed and intact, by someone on a list. */
  seal: 'M8 .8l1.9 1.5 2.4-.1.6 2.3 2 1.4-.9 2.2.9 2.2-2 1.4-.6 2.3-2.4-.1L8 15.2l-1.9-1.5-2.4.1-.6-2.3-2-1.4.9-2.2-.9-2.2 2-1.4.6-2.3 2.4.1zM5 6v1.5h6V6zM5 8.7v1.5h4V8.7z',
  /** The seal's outline: signed by a stranger, or not yet checked. */
  stranger: 'M8 .8l1.9 1.5 2.4-.1.6 2.3 2 1.4-.9 2.2.9 2.2-2 1.4-.6 2.3-2.4-.1L8 15.2l-1.9-1.5-2.4.1-.6-2.3-2-1.4.9-2.2-.9-2.2 2-1.4.6-2.3 2.4.1zM8 2.7L6.6 3.8l-1.8-.1-.4 1.7-1.5 1 .7 1.7-.7 1.7 1.5 1 .4 1.7 1.8-.1L8 13.3l1.4-1.1 1.8.1.4-1.7 1.5-1-.7-1.7.7-1.7-1.5-1-.4-1.7-1.8.1z',
  /** A triangle: something is wrong with what was signed. */
  warning: 'M8 1l7.5 13.5H.5zM7.2 6v4.5h1.6V6zM7.2 11.5V13h1.6v-1.5z',
  /** A speech bubble: the file, the picture or the page says so. */
  quote: 'M1 2h14v9.5H7.5L4 15v-3.5H1zM4 5v1.5h8V5zM4 7.7v1.5h5V7.7z',
  /** A ring with a line: nothing said. */
  nothing: 'M8 1a7 7 0 110 14A7 7 0 018 1zm0 1.7a5.3 5.3 0 100 10.6A5.3 5.3 0 008 2.7zM4.8 7.2h6.4v1.6H4.8z',
  /** A ring struck through: could not be looked at. */
  blocked: 'M8 1a7 7 0 110 14A7 7 0 018 1zm-4 3.9a5.3 5.3 0 007.1 7.1zm1.2-1.2L12.3 10.8A5.3 5.3 0 005.2 3.7z',
} as const;

const BAR = {
  full: ['M1 10h3.5v5H1z', 'M6.2 6h3.6v9H6.2z', 'M11.5 1H15v14h-3.5z'],
  hollow: [
    'M1 10h3.5v5H1zm1.1 1.1v2.8h1.3v-2.8z',
    'M6.2 6h3.6v9H6.2zm1.1 1.1v6.8h1.4V7.1z',
    'M11.5 1H15v14h-3.5zm1.1 1.1v11.8h1.3V2.1z',
  ],
} as const;

const bars = (full: number): string => BAR.hollow.map((hollow, i) => (i < full ? BAR.full[i] : hollow)).join('');

/** Likelihood: a meter of three bars; a question mark when nothing can be told; dots while looking. */
export const METER = {
  strong: bars(3),
  some: bars(2),
  few: bars(1),
  unknown:
    'M4 5.5C4 2.8 5.7 1.5 8 1.5s4 1.4 4 3.6c0 1.5-.8 2.4-1.9 3.1-.9.6-1.2 1-1.2 1.8v.5H7.1v-.8c0-1.4.6-2.2 1.7-2.9.9-.6 1.3-1 1.3-1.7 0-1-.8-1.7-2.1-1.7S5.9 4.2 5.9 5.5zM7 12h2v2.3H7z',
  looking: 'M1.5 6.5h3v3h-3zM6.5 6.5h3v3h-3zM11.5 6.5h3v3h-3z',
} as const;

export type StatementGlyph = keyof typeof STATEMENT;
export type MeterGlyph = keyof typeof METER;

export function statementGlyph({ credentials, disclosures }: Pick<Label, 'credentials' | 'disclosures'>): StatementGlyph {
  const { state } = credentials;
  if (isSigned(state)) return 'seal';
  if (state === 'changed' || state === 'malformed') return 'warning';
  if (state === 'unrecognised') return 'stranger';
  if (state === 'unverified' && (credentials.claims !== 'nothing' || leadingDisclosure(disclosures) === null)) return 'stranger';
  if (leadingDisclosure(disclosures) !== null) return 'quote';
  return state === 'unreachable' ? 'blocked' : 'nothing';
}

export function meterGlyph({ state, band, reason }: Label['estimate']): MeterGlyph {
  if (state === 'answered' && band !== null) return band;
  return reason === 'still-looking' ? 'looking' : 'unknown';
}
