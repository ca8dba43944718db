/** Reads the command line. A mistake is one sentence, never an exception. */
import { parseArgs } from 'node:util';
import type { BrowserName } from './drive/driver';
import { isVideoName, VIDEO_ENDINGS } from './media-types';

export interface CliOptions {
  inputs: string[];
  browser: BrowserName;
  headless: boolean;
  json: boolean;
  /** Byte limit for reading a file whole, in megabytes; the extension's own setting when absent. */
  limitMb: number | undefined;
  estimate: boolean;
  /** File of certificates that vouch for signers beside the lists. */
  anchors: string | undefined;
  /** Also read credentials that files keep elsewhere. */
  remote: boolean;
  /** Where the results go instead of standard output. */
  out: string | undefined;
  /** Inputs at the same time. */
  jobs: number;
}

export type Parsed =
  { kind: 'run'; options: CliOptions } | { kind: 'help' } | { kind: 'version' } | { kind: 'mistake'; message: string };

/** In two lines. */
const ENDINGS = [VIDEO_ENDINGS.slice(0, 10), VIDEO_ENDINGS.slice(10)].map((line) => `  ${line.join(' ')}`).join('\n');

export const HELP = `Labels videos with the built Assay extension in a real browser.

Usage: npm start -- [options] [FILE | FOLDER | URL]...

Inputs are video files, folders (searched to the bottom), addresses of videos and addresses of pages
(http and https). A page has 25 seconds to load, the server of a file 8 to begin its answer.
A folder is searched for files with these endings:
${ENDINGS}
(.ts and .mts where they are MPEG transport streams). Other files, and pieces and playlists of
streams, are labelled only when they are named themselves.

Without inputs a browser opens with the extension and a gallery of samples; without a display the
gallery is labelled and printed.

Options:
  --json               one label a line (JSON Lines) instead of a table
  --browser NAME       chromium (default) or firefox
  --headless           no window; the default when there is no display
  --no-estimate        credentials and what files say: the picture is not looked at
  --remote             also ask the servers at which files keep their credentials; not for pages
  --limit MB           read files whole up to this size (1 to 4096)
  --anchors FILE       certificates (PEM) that vouch for signers, too: "trusted-user", list "user"
  --jobs N             inputs at the same time (1 to 16, default 4)
  --out FILE           write the results to a file; - is standard output
  -h, --help           this text
  -v, --version        the version

Exit code: 0, or 2 when an input could not be opened. With --json such an input gives a line
{"schema":"assay-error/1",...} in its place, and so does a page with videos that did not load in
time, after the labels of the others. Progress and errors go to standard error, and so does
a count of labels and errors at the end, with --json too, where there is more than one of them.

ASSAY_CHROMIUM and ASSAY_FIREFOX name other executables.
`;

const OPTIONS = {
  json: { type: 'boolean' },
  browser: { type: 'string' },
  headless: { type: 'boolean' },
  'no-estimate': { type: 'boolean' },
  remote: { type: 'boolean' },
  limit: { type: 'string' },
  anchors: { type: 'string' },
  jobs: { type: 'string' },
  out: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

/** What the options with a value take: the beginning of one sentence. */
const TAKES = {
  browser: '--browser is chromium or firefox',
  limit: '--limit is a whole number of megabytes from 1 to 4096',
  anchors: '--anchors needs the name of a file',
  jobs: '--jobs is a whole number from 1 to 16',
  out: '--out needs the name of a file',
};

const mistake = (message: string): Parsed => ({ kind: 'mistake', message });

/** A whole number within bounds; null for anything else. */
function wholeNumber(text: string, min: number, max: number): number | null {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : null;
}

function parse(args: string[]) {
  return parseArgs({ args, options: OPTIONS, allowPositionals: true, strict: true, tokens: true });
}

/** An option with a value that is given twice: one of the two would be lost without a word. */
function givenTwice({ tokens }: ReturnType<typeof parse>): string | undefined {
  const names = tokens.flatMap((token) => (token.kind === 'option' && token.value !== undefined ? [token.name] : []));
  return names.find((name, at) => names.indexOf(name) < at);
}

/** @param given in its place; nothing, or empty: there was no value */
function wrongValue(name: keyof typeof TAKES, given?: string): Parsed {
  return mistake(given === undefined || given === '' ? `${TAKES[name]}.` : `${TAKES[name]}, not "${given}".`);
}

/** Node's sentence names its own internals; the first sentence is what people need. */
function sentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (message.split(/\.\s|\n/)[0] ?? message).replace(/\.?$/, '.');
}

/** A file may be named as options are. */
function hintAt(args: string[]): string {
  const file = args.find((arg) => arg.startsWith('-') && isVideoName(arg));
  return file === undefined ? '' : ` A file whose name begins with a dash is given as "./${file}".`;
}

/** The option whose value is missing, or begins with a dash as options do; null for any other mistake. */
function withoutValue(error: unknown): keyof typeof TAKES | null {
  const name = /^Option '(?:-\w, )?--(\w+)(?: <value>)?' argument (?:missing|is ambiguous)/.exec(
    error instanceof Error ? error.message : '',
  )?.[1];
  return name !== undefined && name in TAKES ? (name as keyof typeof TAKES) : null;
}

/** @param hasDisplay whether a window can be opened */
export function parseCommandLine(args: string[], hasDisplay: boolean): Parsed {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    const name = withoutValue(error);
    return name === null
      ? mistake(sentence(error) + hintAt(args))
      : wrongValue(name, args[args.indexOf(`--${name}`) + 1]);
  }
  const { values, positionals } = parsed;
  if (values.help === true) return { kind: 'help' };
  if (values.version === true) return { kind: 'version' };
  const twice = givenTwice(parsed);
  if (twice !== undefined) return mistake(`--${twice} can be given only once.`);
  const browser = values.browser ?? 'chromium';
  if (browser !== 'chromium' && browser !== 'firefox') {
    return wrongValue('browser', browser);
  }
  const limitMb = values.limit === undefined ? undefined : wholeNumber(values.limit, 1, 4096);
  if (limitMb === null) return wrongValue('limit', values.limit);
  const jobs = values.jobs === undefined ? 4 : wholeNumber(values.jobs, 1, 16);
  if (jobs === null) return wrongValue('jobs', values.jobs);
  if (values.anchors === '') return wrongValue('anchors');
  if (values.out === '') return wrongValue('out');
  // A forgotten name: the next word would be emptied, and it may be the one copy of a video.
  if (values.out !== undefined && isVideoName(values.out)) {
    return mistake(`--out needs a file for the results, and "${values.out}" is the name of a video.`);
  }
  return {
    kind: 'run',
    options: {
      inputs: positionals,
      browser,
      headless: values.headless === true || !hasDisplay,
      json: values.json === true,
      limitMb,
      estimate: values['no-estimate'] !== true,
      anchors: values.anchors,
      remote: values.remote === true,
      out: values.out,
      jobs,
    },
  };
}
