/**
 * Which words stand for which label: names of texts in `_locales` with their arguments.
 * Pure, one place: the command line renders them in English, the surfaces in the user's language.
 */
import type { AnchorFault } from './anchors';
import type { Credentials, Disclosure, Estimate, Label } from './label';
import { siteNameIn } from './notices';

/** A text of `_locales/<lang>/messages.json` by name, with its arguments ($1, $2). */
export interface Text {
  key: string;
  args: string[];
}

const text = (key: string, ...args: (string | number)[]): Text => ({ key, args: args.map(String) });

/** Reasons are written with dashes, names of texts with underscores. */
export const underscored = (code: string): string => code.replaceAll('-', '_');

export const reasonText = (code: string): Text => text(`reason_${underscored(code)}`);

/** What is wrong with a certificate, and which it is. @param say gives a text's words */
export function anchorFaultWords({ reason, subject }: AnchorFault, say: (text: Text) => string): string {
  const sentence = say(reasonText(reason));
  return subject === null ? sentence : `${sentence} (${subject})`;
}

const DISCLOSURE_ORDER = ['ai-generated', 'ai-edited', 'ai-used'] as const;

/** The disclosure that the headline quotes: the strongest statement of AI; null when there is none. */
export function leadingDisclosure(disclosures: Disclosure[]): Disclosure | null {
  for (const says of DISCLOSURE_ORDER) {
    const found = disclosures.find((d) => d.says === says);
    if (found !== undefined) return found;
  }
  return null;
}

/** The owner whose mark the picture shows and whose AI-generated file this is by its signature; null: not both. */
export function agreeingOwner({ state, says, issuer, tool }: Credentials, disclosures: Disclosure[]): string | null {
  if (!isSigned(state) || (says !== 'ai-generated' && says !== 'ai-edited')) return null;
  const signer = `${issuer ?? ''} ${tool ?? ''}`.toLowerCase();
  const owners = disclosures.map(({ mark }) => mark?.owner ?? null);
  return owners.find((owner) => owner !== null && signer.includes(owner.toLowerCase())) ?? null;
}

function signedText(c: Credentials): Text {
  const who = c.issuer ?? '?';
  if (c.says === 'nothing') return text('signed_nothing', who);
  return text(`signed_${underscored(c.says)}`, who);
}

/** What a site says by a notice of its own. */
function noticeText({ where }: Disclosure): Text {
  const site = siteNameIn(where);
  return site === null ? text('page_says_ai') : text('site_says_ai', site);
}

function disclosureText(d: Disclosure): Text {
  if (d.by === 'picture') {
    const name = d.mark?.name ?? null;
    return name === null ? text('picture_shows', d.value) : text('picture_shows_mark', name);
  }
  if (d.by === 'page') return noticeText(d);
  return text(`file_says_${underscored(d.says)}`);
}

const SIGNED_STATES: readonly Credentials['state'][] = ['trusted', 'trusted-interim', 'trusted-user'];
export const isSigned = (state: Credentials['state']): boolean => SIGNED_STATES.includes(state);

/** What is not there will not come: no later look can check it. */
const CUT: readonly Credentials['reason'][] = ['partial', 'init-only'];
const FINAL: readonly Credentials['reason'][] = [...CUT, 'timed-out', 'network'];

function unverifiedText({ claims, reason, issuer }: Credentials): Text {
  const final = FINAL.includes(reason);
  if (claims !== 'nothing') return text(`claims_${final ? 'final_' : ''}${underscored(claims)}`);
  // No signer: what is there of the file holds no credentials, but the rest could.
  if (issuer === null && CUT.includes(reason)) return text('state_unseen');
  return text(final ? 'state_unverified_final' : 'state_unverified');
}

function credentialsText(c: Credentials): Text {
  if (isSigned(c.state)) return signedText(c);
  switch (c.state) {
    case 'unrecognised':
      return text(`stranger_${underscored(c.says)}`);
    case 'unverified':
      return unverifiedText(c);
    case 'unreachable':
      return text('state_unreachable');
    default:
      return text(`state_${c.state}`);
  }
}

/** Host that the user can have asked for credentials kept elsewhere; null where there is none, or no host's name. */
export const hostToAsk = ({ state, detail }: Credentials): string | null =>
  state === 'remote' && detail !== null && /^[\w.:[\]-]+$/.test(detail) ? detail : null;

/** States that carry a statement or a warning of their own, which leads before any unsigned disclosure. */
const LEADING_STATES: readonly Credentials['state'][] = [
  ...SIGNED_STATES,
  'unrecognised',
  'changed',
  'malformed',
  'unverified',
];

/** Where bytes were asked for and didn't come, the reason is a second text. */
const WITH_REASON: readonly Credentials['state'][] = ['unreachable', 'remote'];

/** Provenance part of the headline. */
export function provenanceTexts(credentials: Credentials, disclosures: Disclosure[]): Text[] {
  const lead = leadingDisclosure(disclosures);
  if (!LEADING_STATES.includes(credentials.state) && lead !== null) return [disclosureText(lead)];
  const main = credentialsText(credentials);
  if (WITH_REASON.includes(credentials.state) && credentials.reason !== null) {
    return [main, reasonText(credentials.reason)];
  }
  return [main];
}

/** Likelihood part of the headline; null when the estimate is switched off (the part is not shown). */
export function likelihoodText(e: Estimate): Text | null {
  if (e.state === 'answered' && e.band !== null) return text(`band_${e.band}`);
  if (e.reason === 'switched-off') return null;
  if (e.reason === 'still-looking') return text('still_looking', e.frames[0], e.frames[1]);
  return text('cannot_tell');
}

/** Why the estimate can't tell: where there is no video to be had, that is why no pixels were. */
export function estimateReason({ credentials, estimate }: Pick<Label, 'credentials' | 'estimate'>): Text | null {
  const { state, reason } = credentials;
  const isNone = state === 'unreachable' || reason === 'not-media';
  const said = estimate.reason === 'pixels-unreadable' && isNone ? (reason ?? estimate.reason) : estimate.reason;
  return said === null ? null : reasonText(said);
}

/** Renders texts with a look-up of names: a text, or a text with its reason. */
export function render(texts: Text[], lookUp: (t: Text) => string): string {
  return texts.map(lookUp).reduce((main, reason) => lookUp(text('with_reason', main, reason)));
}
