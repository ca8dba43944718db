/** First lane of the panel: what is signed. */
import type { Credentials } from '../../contract/label';
import { provenanceTexts, render, underscored } from '../../contract/words';
import { translate } from '../../platform/texts';
import { action, fold, row } from '../details';
import { h } from '../h';
import { clock, megabytes, reason, t, when } from '../text';
import { historyList } from './history';

function readWords({ bytes_read, bytes_total }: Credentials['coverage']): string | null {
  if (bytes_read === 0) return null;
  return bytes_total === null ? t('read_open', megabytes(bytes_read)) : t('read_of', megabytes(bytes_read), megabytes(bytes_total));
}

function secondsWords({ seconds_checked }: Credentials['coverage']): string | null {
  return seconds_checked.length === 0 ? null : seconds_checked.map(([from, to]) => `${clock(from)}–${clock(to)}`).join(', ');
}

function rows(c: Credentials): HTMLElement[] {
  return [
    ...row(t('row_signer'), c.issuer),
    ...row(t('row_list'), c.list === null ? null : t(`list_${c.list}`)),
    ...row(t('row_signed_at'), c.signed_at === null ? null : when(c.signed_at)),
    ...row(t('row_stamp'), c.time_stamp === null ? null : t(`stamp_${c.time_stamp}`)),
    ...row(t('row_tool'), c.tool),
    ...row(t('row_read'), readWords(c.coverage)),
    ...row(t('row_seconds'), secondsWords(c.coverage)),
    ...row(t('row_reason'), c.reason === null ? null : reason(c.reason)),
    ...row(t('row_detail'), c.detail),
  ];
}

/** @param readAll asks the engine to read a file over the limit */
export function credentialsLane(c: Credentials, readAll: () => void): HTMLElement {
  const details = rows(c);
  const history = historyList(c.history);
  return h(
    'section',
    { attrs: { 'data-lane': 'provenance' } },
    h('h2', {}, t('lane_credentials')),
    h('p', { class: 'line', attrs: { dir: 'auto' } }, render(provenanceTexts(c, []), translate)),
    h('p', { class: 'dim' }, t(`explain_${underscored(c.state)}`)),
    c.reason === 'too-large' ? action('read-all', t('read_all'), (button) => {
      button.disabled = true;
      readAll();
    }) : null,
    details.length > 0 ? fold('signed', t('details'), h('dl', {}, ...details), h('p', { class: 'dim' }, t('in_this_copy'))) : null,
    history === null ? null : fold('history', t('history'), history),
    c.codes.length > 0 ? fold('codes', t('codes'), h('ul', { class: 'codes' }, ...c.codes.map((code) => h('li', {}, code)))) : null,
  );
}
