/** What the report is about, when it was made, and by what: names, dates and hashes. */
import type { Label } from '../../contract/label';
import { likelihoodText, provenanceTexts, render } from '../../contract/words';
import { translate } from '../../platform/texts';
import { known, rows } from '../details';
import { h } from '../h';
import { readWords } from '../panel/credentials';
import { clock, t, when } from '../text';

const TWO_PARTS = ' · ';

/** Provenance and likelihood, as on the badge; they stay two. */
export function headline({ credentials, disclosures, estimate }: Label): string {
  const likelihood = likelihoodText(estimate);
  const parts = [render(provenanceTexts(credentials, disclosures), translate), known(likelihood, translate)];
  return parts.filter((part) => part !== null).join(TWO_PARTS);
}

/** The hash of the video's file; else why there is none, and how to get one. */
export function fileHashWords({ subject, credentials }: Label): string {
  const { sha256, bytes_read, bytes_total } = credentials.coverage;
  if (sha256 !== null) return sha256;
  const read = readWords(credentials.coverage);
  if (read === null) return t('report_no_sha_bytes');
  const why = bytes_read === bytes_total ? t('report_no_sha_large') : t('report_no_sha_part', read);
  const isHere = subject.kind === 'file' && !/^https?:/.test(subject.media);
  return isHere ? why : `${why} ${t('report_sha_how', t('label_files_title'))}`;
}

/** @param json_sha256 of the JSON file that belongs to the report */
export function aboutVideo(label: Label, at: string, json_sha256: string): HTMLElement {
  const { subject, engine, estimate } = label;
  const { media, page, frame, input, width, height, duration_s } = subject;
  return h(
    'section',
    {},
    h('p', { class: 'line', dir: 'auto' }, headline(label)),
    rows({
      report_made: `${when(at)} (${at})`,
      report_video: media,
      report_input: input === media ? null : input,
      report_page: page,
      report_frame: frame,
      report_size: width === null || height === null ? null : `${width} × ${height}`,
      report_length: known(duration_s, clock),
      report_file_sha: fileHashWords(label),
      report_by: `Assay ${engine.extension}, ${engine.browser}`,
      report_model_sha: known(estimate.model, ({ sha256 }) => sha256),
      report_json_sha: json_sha256,
    }),
  );
}
