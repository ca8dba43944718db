/** First lane of the panel: what is signed. */
import type { Credentials, HistoryStep } from '../../contract/label';
import type { RawManifest } from '../../contract/messages';
import { namesChanges, sayingStep } from '../../contract/history-words';
import { hostToAsk, isSigned, provenanceTexts, render, underscored } from '../../contract/words';
import { translate } from '../../platform/texts';
import { action, fold, known, note, rows } from '../details';
import { h } from '../h';
import { megabytes, reason, t, when } from '../text';
import { historyTree } from './history';
import { rawText } from './raw-text';
import { spanWords, stretches } from './stretches';

/** Nothing read: null. */
export function readWords({
  bytes_read,
  bytes_total,
}: Pick<Credentials['coverage'], 'bytes_read' | 'bytes_total'>): string | null {
  if (bytes_read === 0) return null;
  return bytes_total === null
    ? t('read_open', megabytes(bytes_read))
    : t('read_of', megabytes(bytes_read), megabytes(bytes_total));
}

/** No signature covers a time-stamp: anybody can give a file another one, of any time. One that nobody vouches for dates nothing. */
const isDated = ({ state, time_stamp }: Credentials): boolean =>
  isSigned(state) && (time_stamp === 'trusted' || time_stamp === 'none');

/** The steps, the last one without a time that a list's word for its signer would vouch for in passing. */
const datedHistory = (c: Credentials): HistoryStep[] =>
  isSigned(c.state) && !isDated(c) ? c.history.map((step) => ({ ...step, signed_at: null })) : c.history;

/** A name is a signer's only where a list vouches for it and nothing was changed; else it is what the file names. */
const signerRows = (c: Credentials): Record<string, string | null> => ({
  [isSigned(c.state) ? 'row_signer' : 'row_named']: c.issuer,
  [isDated(c) ? 'row_signed_at' : 'row_named_at']: known(c.signed_at, when),
});

const facts = (c: Credentials): HTMLElement | null =>
  rows({
    ...signerRows(c),
    row_list: known(c.list, (list) => t(`list_${list}`)),
    row_stamp:
      c.time_stamp === 'none' && c.signed_at === null ? null : known(c.time_stamp, (stamp) => t(`stamp_${stamp}`)),
    row_tool: c.tool,
    row_read: readWords(c.coverage),
    row_seconds: spanWords(c.coverage.seconds_checked),
    row_seconds_changed: spanWords(c.coverage.seconds_changed),
    row_reason: known(c.reason, reason),
    row_detail: c.detail,
  });

function explanation({ state, reason: why, detail }: Credentials): string {
  if (state === 'unsupported' && why === 'not-media') return t('explain_not_media');
  if (state === 'changed' && detail?.startsWith('ingredient.')) return t('explain_changed_history');
  return t(`explain_${underscored(state)}`);
}

/** A signer on a list may only have taken in what somebody else says. */
function whoSays({ issuer, state }: HistoryStep, signer: string | null): HTMLElement | null {
  const isStranger = state !== null && !isSigned(state);
  if (issuer === signer && !isStranger) return null;
  const who = h('bdi', {}, t('note_step', issuer ?? '?'));
  return h('p', 'dim', who, isStranger && ` ${t('note_step_stranger')}`);
}

/** A button that works once: what follows is told by the next label. */
const once = (key: string, words: string, run: () => void): HTMLElement =>
  action(key, words, (button) => {
    button.disabled = true;
    run();
  });

function remote(host: string, readRemote: () => void): HTMLElement {
  return h('div', {}, once('read-remote', t('read_remote', host), readRemote), note(t('read_remote_note')));
}

/** What the user can ask the engine for. */
export interface Reads {
  /** A file over the limit. */
  readAll(): void;
  /** Credentials that the file keeps elsewhere. */
  readRemote(): void;
}

/** Buttons for what was left unread. */
function further(c: Credentials, reads: Reads): HTMLElement {
  const { readAll, readRemote } = reads;
  return h(
    'div',
    {},
    c.reason === 'too-large' ? once('read-all', t('read_all'), readAll) : null,
    known(hostToAsk(c), (host) => remote(host, readRemote)),
  );
}

/** @param reads null where nothing can be asked for any more */
export function credentialsLane(
  c: Credentials,
  duration_s: number | null,
  manifest: RawManifest | null,
  reads: Reads | null,
): HTMLElement {
  const details = facts(c);
  const history = historyTree(datedHistory(c), manifest?.pictures ?? [], isSigned(c.state));
  return h(
    'section',
    { 'data-lane': 'provenance' },
    h('h2', {}, t('lane_credentials')),
    h('p', { class: 'line', dir: 'auto' }, render(provenanceTexts(c, []), translate)),
    note(explanation(c)),
    known(sayingStep(c.says, c.history), (step) => whoSays(step, c.issuer)),
    c.says === 'captured' && namesChanges(c.history) ? note(t('note_edited')) : null,
    stretches(c.coverage, duration_s),
    known(reads, (ask) => further(c, ask)),
    known(details, (list) => fold('signed', t('details'), list, note(t('in_this_copy')))),
    known(history, (list) => fold('history', t('history'), list)),
    c.codes.length > 0 ? fold('codes', t('codes'), h('ul', {}, ...c.codes.map((code) => h('li', {}, code)))) : null,
    known(manifest, ({ json }) => rawText(fold('raw', t('history_raw')), json)),
  );
}
