/** What the badge shows for a label: shapes and words, nothing decided here. */
import type { Label } from '../../contract/label';
import type { Progress } from '../../contract/messages';
import { likelihoodText, provenanceTexts, render } from '../../contract/words';
import { translate } from '../../platform/texts';
import { megabytes, reason, t } from '../text';
import { meterGlyph, statementGlyph } from './glyphs';
import type { MeterGlyph, StatementGlyph } from './glyphs';

export interface BadgeNews {
  label: Label | null;
  settled: boolean;
  progress: Progress | null;
  /** The engine can't be had. */
  lost: boolean;
}

export interface BadgeView {
  provenance: { glyph: StatementGlyph; words: string };
  /** Null when the estimate is switched off, or nothing is known of it yet. */
  likelihood: { glyph: MeterGlyph; words: string } | null;
}

function progressWords({ read, total }: NonNullable<BadgeNews['progress']>): string {
  return total === null ? t('reading_open', megabytes(read)) : t('reading', megabytes(read), megabytes(total));
}

/** While nothing but "not yet checked" can be said, the state of the reading says more. */
function provenanceWords(label: Label, progress: BadgeNews['progress']): string {
  const texts = provenanceTexts(label.credentials, label.disclosures);
  if (progress !== null && texts[0]?.key === 'state_unverified') return progressWords(progress);
  return render(texts, translate);
}

export function badgeView({ label, progress, lost }: BadgeNews): BadgeView {
  if (lost) {
    const words = t('with_reason', t('state_unreachable'), reason('engine-unavailable'));
    return { provenance: { glyph: 'blocked', words }, likelihood: null };
  }
  if (label === null) {
    return { provenance: { glyph: 'nothing', words: t('starting') }, likelihood: null };
  }
  const glyph = statementGlyph(label);
  const likelihood = likelihoodText(label.estimate);
  return {
    provenance: { glyph, words: provenanceWords(label, progress) },
    likelihood: likelihood === null ? null : { glyph: meterGlyph(label.estimate), words: translate(likelihood) },
  };
}
