/** What there is to say of a page, for who asked for its labels. */
import type { Label, LabelError } from '../contract/label';

export const failure = (input: string, code: string, message: string): LabelError => ({
  schema: 'assay-error/1',
  input,
  error: { code, message },
});

/** @param left how many videos were not come to */
export function pageAnswers(input: string, rows: { label: Label | null }[], left: number): (Label | LabelError)[] {
  const labels = rows.flatMap(({ label }) => (label === null ? [] : [label]));
  if (labels.length === 0) return [failure(input, 'no-video', `${input} shows no video.`)];
  const named = labels.map((label) => ({ ...label, subject: { ...label.subject, input } }));
  if (left === 0) return named;
  return [
    ...named,
    failure(input, 'too-many', `${input} has more videos than there was time for (${String(left)} left).`),
  ];
}
