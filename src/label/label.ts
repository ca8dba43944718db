/**
 * The one place where lanes meet. Pure and total: any lane results give a label.
 */
import type { Credentials, Disclosure, Estimate, Label, Subject, Verdict } from '../contract/label';
import type { LaneResults } from '../contract/lanes';
import { isSigned, likelihoodText, provenanceTexts, render } from '../contract/words';
import { english } from './english';

const AI_SAYS: readonly Disclosure['says'][] = ['ai-generated', 'ai-edited', 'ai-used'];
const isAiFree = (says: Disclosure['says']): boolean => says === 'captured' || says === 'made-without-ai';
const saysAi = (says: Disclosure['says']): boolean => AI_SAYS.includes(says);

function signedVerdict(c: Credentials): Verdict | null {
  if (c.state === 'changed') return 'changed';
  if (!isSigned(c.state)) return null;
  if (c.says === 'ai-generated' || c.says === 'ai-edited' || c.says === 'captured') return c.says;
  return null;
}

function estimateVerdict(e: Estimate): Verdict {
  if (e.state === 'answered') {
    if (e.band === 'strong') return 'suspected';
    if (e.band === 'some') return 'unclear';
    if (e.band === 'few') return 'no-signs';
  }
  return e.reason === 'cues-disagree' ? 'unclear' : 'unknown';
}

/** The first that applies, in the order that the README gives. */
function verdict(c: Credentials, disclosures: Disclosure[], e: Estimate): Verdict {
  const signed = signedVerdict(c);
  if (signed !== null) return signed;
  const declared = (c.state === 'unrecognised' && saysAi(c.says)) || disclosures.some((d) => saysAi(d.says));
  return declared ? 'declared-ai' : estimateVerdict(e);
}

/** Two voices that can't both be right: shown both, decided by neither. */
function conflict(c: Credentials, disclosures: Disclosure[], e: Estimate): boolean {
  if (!isSigned(c.state)) return false;
  if (isAiFree(c.says)) return e.band === 'strong' || disclosures.some((d) => saysAi(d.says));
  return c.says === 'ai-generated' && disclosures.some((d) => isAiFree(d.says));
}

/** A window stands for a step beyond its last frame, which is no more than there is. */
function withinVideo(estimate: Estimate, { duration_s }: Subject): Estimate {
  if (duration_s === null) return estimate;
  const windows = estimate.windows.map((window) => ({ ...window, to_s: Math.min(window.to_s, duration_s) }));
  return { ...estimate, coverage_s: Math.min(estimate.coverage_s, duration_s), windows };
}

/**
 * Makes the label of a video from its three lanes.
 * @param lanes results of all lanes; lanes still at work say so with a reason
 * @returns the label, `assay-label/1`
 */
export function label(lanes: LaneResults): Label {
  const { subject, credentials, disclosures, estimate } = lanes;
  const likelihood = likelihoodText(estimate);
  return {
    schema: 'assay-label/1',
    subject,
    verdict: verdict(credentials, disclosures, estimate),
    conflict: conflict(credentials, disclosures, estimate),
    headline: {
      provenance: render(provenanceTexts(credentials, disclosures), english),
      likelihood: likelihood === null ? '' : english(likelihood),
    },
    credentials,
    disclosures,
    estimate: withinVideo(estimate, subject),
    engine: lanes.engine,
    timing_ms: lanes.timing_ms,
  };
}
