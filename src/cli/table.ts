/** Results as an aligned table for people. */
import { VERDICTS, type Label, type LabelError } from '../contract/label';

const VERDICT_WIDTH = Math.max(...VERDICTS.map((verdict) => verdict.length));
const PROVENANCE_WIDTH = 44;
const MAX_FILE_WIDTH = 48;

/** Names come from files: no control character, no change of direction reaches the terminal. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]/gu, '\uFFFD');
}

/** Cut in the middle: the end of a path tells most. */
function fit(text: string, width: number): string {
  const clean = printable(text);
  const characters = Array.from(clean);
  if (characters.length <= width) return clean + ' '.repeat(width - characters.length);
  const tail = Math.floor(width * 0.75);
  return `${characters.slice(0, width - tail - 1).join('')}…${characters.slice(-tail).join('')}`;
}

const pad = (text: string, width: number): string => printable(text).padEnd(width);

/** The first column names the input already. */
function withoutInput({ input, error }: LabelError): string {
  return error.message.startsWith(`${input} `) ? error.message.slice(input.length + 1) : error.message;
}

export interface Table {
  header(): string;
  row(result: Label | LabelError): string;
}

/** @param names what the first column will hold, as far as it is known */
export function table(names: string[]): Table {
  const longest = Math.max(12, ...names.map((name) => Array.from(name).length));
  const width = Math.min(longest, MAX_FILE_WIDTH);
  const line = (file: string, verdict: string, provenance: string, likelihood: string): string =>
    [fit(file, width), pad(verdict, VERDICT_WIDTH), pad(provenance, PROVENANCE_WIDTH), printable(likelihood)]
      .join('  ')
      .trimEnd();
  /** Videos of each page so far; their own index counts within one frame. */
  const counts = new Map<string, number>();
  return {
    header: () => line('FILE', 'VERDICT', 'PROVENANCE', 'LIKELIHOOD'),
    row: (result) => {
      if (result.schema === 'assay-error/1') return `${fit(result.input, width)}  ${printable(withoutInput(result))}`;
      const { subject, verdict, headline } = result;
      let name = subject.input ?? subject.media;
      if (subject.kind === 'page-video') {
        const number = (counts.get(name) ?? 0) + 1;
        counts.set(name, number);
        name = `${name} #${String(number)}`;
      }
      return line(name, verdict, headline.provenance, headline.likelihood);
    },
  };
}
