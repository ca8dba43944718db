/** What there is to say of a page, for who asked for its labels. */
import type { Label, LabelError } from '../contract/label';

export const failure = (input: string, code: string, message: string): LabelError => ({
  schema: 'assay-error/1',
  input,
  error: { code, message },
});

/** How many videos of a page have no label. */
export interface Missed {
  /** They were not come to. */
  left: number;
  /** They were, and had not loaded. */
  unloaded: number;
}

const counted = (videos: number): string => (videos === 1 ? '1 video' : `${String(videos)} videos`);

export function pageAnswers(input: string, rows: { label: Label | null }[], missed: Missed): (Label | LabelError)[] {
  const { left, unloaded } = missed;
  const labels = rows.flatMap(({ label }) => (label === null ? [] : [label]));
  const answers: (Label | LabelError)[] = labels.map((label) => ({ ...label, subject: { ...label.subject, input } }));
  if (unloaded > 0) {
    answers.push(failure(input, 'timed-out', `${input} has ${counted(unloaded)} that did not load in time.`));
  }
  if (left > 0 && labels.length > 0) {
    answers.push(failure(input, 'too-many', `${input} has ${counted(left)} that there was no time for.`));
  }
  return answers.length > 0 ? answers : [failure(input, 'no-video', `${input} shows no video.`)];
}
