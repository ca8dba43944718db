/** What Assay could not see of this video, and why. */
import type { CredentialState, Label } from '../../contract/label';
import { estimateReason, isSigned } from '../../contract/words';
import { translate } from '../../platform/texts';
import { h } from '../h';
import { megabytes, reason, t } from '../text';
import { gaps, spanWords } from './stretches';

const NO_BYTES: readonly CredentialState[] = ['unreachable', 'streamed', 'unsupported'];

/** Where something was signed, every byte counts; where nothing is, only the places that can hold credentials. */
const isHashed = (state: CredentialState): boolean => isSigned(state) || state === 'unrecognised';

function lines(label: Label): string[] {
  const { subject, credentials: c, estimate: e } = label;
  const found: string[] = [];
  const { bytes_read, bytes_total, seconds_checked, seconds_changed } = c.coverage;
  const isStream = seconds_checked.length + seconds_changed.length > 0;
  const unchecked = isStream && subject.duration_s !== null ? gaps(c.coverage, subject.duration_s) : [];
  if (NO_BYTES.includes(c.state))
    found.push(c.reason === null ? t('unseen_bytes') : t('unseen_bytes_why', reason(c.reason)));
  else if (c.state === 'unverified' && c.reason !== null)
    found.push(t('unseen_rest', megabytes(bytes_read), reason(c.reason)));
  else if (isHashed(c.state) && bytes_total !== null && bytes_read < bytes_total)
    found.push(t('unseen_part', megabytes(bytes_read), megabytes(bytes_total)));
  if (unchecked.length > 0) found.push(t('unseen_seconds', spanWords(unchecked)));
  const noPicture = e.state === 'cannot-tell' && e.reason !== 'still-looking' ? estimateReason(label) : null;
  if (noPicture !== null) found.push(t('unseen_picture', translate(noPicture)));
  return found;
}

export function unseen(label: Label): HTMLElement | null {
  const found = lines(label);
  if (found.length === 0) return null;
  return h('section', {}, h('h2', {}, t('unseen')), h('ul', {}, ...found.map((line) => h('li', {}, line))));
}
