/** Results as an aligned table for people. */
import { VERDICTS, type Label, type LabelError, type Subject } from '../contract/label';
import { columnsOf, padded } from './columns';
import { fit, printable, shorten } from './fit';
import type { Input } from './inputs';
import { isVideoName } from './media-types';
import { bareAddress } from '../contract/bare-address';

const VERDICT_WIDTH = Math.max(...VERDICTS.map((verdict) => verdict.length));
const PROVENANCE_WIDTH = 44;
const MIN_FILE_WIDTH = 12;
const MAX_FILE_WIDTH = 48;
/** For what tells the videos of a page apart. */
const NAME_WIDTH = 20;
const VIDEO_WIDTH = ' #1 '.length + NAME_WIDTH;

const pad = (text: string, width: number): string => padded(printable(text), width);

/** The first column names the input already. */
function withoutInput({ input, error }: LabelError): string {
  return error.message.startsWith(`${bareAddress(input)} `)
    ? error.message.slice(bareAddress(input).length + 1)
    : error.message;
}

export interface Table {
  header(): string;
  row(result: Label | LabelError): string;
}

/** Which video of a page it is, and the name of its file where it has one. */
function whichVideo({ media }: Subject, number: number): string {
  const file = URL.canParse(media) ? new URL(media).pathname.replace(/^.*\//s, '') : '';
  return ` #${String(number)}${isVideoName(file) ? ` ${shorten(file, NAME_WIDTH)}` : ''}`;
}

const widthOf = ({ kind, input }: Pick<Input, 'kind' | 'input'>): number =>
  columnsOf(shorten(bareAddress(input), MAX_FILE_WIDTH)) + (kind === 'address' ? VIDEO_WIDTH : 0);

/** @param inputs what the first column will hold, as far as it is known */
export function table(inputs: Pick<Input, 'kind' | 'input'>[]): Table {
  const width = Math.min(Math.max(MIN_FILE_WIDTH, ...inputs.map(widthOf)), MAX_FILE_WIDTH);
  const line = (file: string, verdict: string, provenance: string, likelihood: string): string =>
    [fit(file, width), pad(verdict, VERDICT_WIDTH), pad(provenance, PROVENANCE_WIDTH), printable(likelihood)]
      .join('  ')
      .trimEnd();
  /** Videos of each page so far; their own index counts within one frame. */
  const counts = new Map<string, number>();
  const nameOf = (subject: Subject): string => {
    const name = bareAddress(subject.input ?? subject.media);
    if (subject.kind === 'file') return name;
    const number = (counts.get(name) ?? 0) + 1;
    counts.set(name, number);
    const which = whichVideo(subject, number);
    return shorten(name, width - columnsOf(which)) + which;
  };
  return {
    header: () => line('FILE', 'VERDICT', 'PROVENANCE', 'LIKELIHOOD'),
    row: (result) => {
      if (result.schema === 'assay-error/1')
        return `${fit(bareAddress(result.input), width)}  ${printable(withoutInput(result))}`;
      const { subject, verdict, headline } = result;
      return line(nameOf(subject), verdict, headline.provenance, headline.likelihood);
    },
  };
}
