/** Figures of a run as Markdown. */
import { isHeldOut } from './held-out';
import type { Row } from './main';

const percent = (part: number, whole: number): string =>
  whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} % (${part}/${whole})`;

const isFound = ({ found, wanted }: Row): boolean => wanted !== null && found.includes(wanted);
const recall = (rows: readonly Row[]): string => percent(rows.filter(isFound).length, rows.length);

/** Upper end of what a rate may be (95 %), when it was never seen in so many. */
const upperOfNone = (n: number): string => `${(100 * (1 - 0.05 ** (1 / n))).toFixed(1)} %`;

/** Wilson's interval of a rate, 95 %. */
function interval(part: number, whole: number): string {
  const z = 1.96;
  const rate = part / whole;
  const middle = rate + (z * z) / (2 * whole);
  const off = z * Math.sqrt((rate * (1 - rate)) / whole + (z / (2 * whole)) ** 2);
  const [low, high] = [middle - off, middle + off].map((end) => (100 * end) / (1 + (z * z) / whole));
  return `${(low ?? 0).toFixed(1)}-${(high ?? 0).toFixed(1)} %`;
}

const withInterval = (rows: readonly Row[]): string =>
  rows.length === 0 ? '-' : `${recall(rows)}, 95 %: ${interval(rows.filter(isFound).length, rows.length)}`;

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const fontsOf = (rows: readonly Row[]): string =>
  [...new Set(rows.map(({ drawing }) => drawing?.font ?? ''))].filter(Boolean).sort().join(', ');

const isEasy = ({ drawing }: Row): boolean => drawing !== undefined && drawing.height >= 0.05 && drawing.crf <= 28;

const BINS: [name: string, is: (drawing: NonNullable<Row['drawing']>) => boolean][] = [
  ['height 3-5 %', ({ height }) => height < 0.05],
  ['height 5-8 %', ({ height }) => height >= 0.05 && height < 0.08],
  ['height 8-12 %', ({ height }) => height >= 0.08],
  ['CRF 20-28', ({ crf }) => crf <= 28],
  ['CRF 29-36', ({ crf }) => crf > 28],
  ['opacity .3-.5', ({ opacity }) => opacity < 0.5],
  ['opacity .5-1', ({ opacity }) => opacity >= 0.5],
  ...[240, 360, 480, 720].map((side): (typeof BINS)[number] => [
    `short side ${side}`,
    ({ shortSide }) => shortSide === side,
  ]),
  ['letters under 12 px', ({ height, shortSide }) => height * shortSide < 12],
  ['letters of 12 px and more', ({ height, shortSide }) => height * shortSide >= 12],
  ['jumping', ({ jumps }) => jumps],
];

const isSigned = ({ drawing }: Row): boolean => drawing?.sign !== undefined;

/** Sora's mark as its app writes it; it has a limit of its own to hold. */
function signedPart(rows: readonly Row[]): string {
  const easy = rows.filter(isEasy);
  const whole = rows.filter(({ id }) => !id.startsWith('sora limit/'));
  const wrong = rows.filter((r) => r.found.length > 0 && !isFound(r));
  const of = (is: (drawing: NonNullable<Row['drawing']>) => boolean): Row[] =>
    easy.filter(({ drawing }) => drawing !== undefined && is(drawing));
  return [
    'The cloud with its two eyes and the word, drawn after a real clip: the cloud is 1.26 times as high as the print,',
    'half of them jump from one edge to another, a third has a user’s name below the word. Height is that of the print (in',
    'the real clip 5.1 % of the short side). Canvases are camera clips of sources that the finder of signs was not trained',
    'on. These draws were made for this measurement: limits were chosen on others, and no draw was looked at before. A',
    'rule that came after the first run (a word in a line that says more is no mark) changed none of them in the second.',
    '',
    `- at 5 % of the short side and more, CRF 28 and less: ${withInterval(easy)}`,
    `  - opacity .3-.5: ${withInterval(of(({ opacity }) => opacity < 0.5))}`,
    `  - opacity .5-1: ${withInterval(of(({ opacity }) => opacity >= 0.5))}`,
    `  - jumping: ${recall(of(({ jumps }) => jumps))}; at rest: ${recall(of(({ jumps }) => !jumps))}`,
    `- over the whole range (height 3-12 %, CRF 20-36): ${withInterval(whole)}`,
    `- taken for another mark: ${percent(wrong.length, rows.length)}`,
  ].join('\n');
}

function drawnPart(rows: readonly Row[]): string {
  const names = [...new Set(rows.map(({ id }) => id.split('/')[0] ?? ''))];
  const of = (name: string): Row[] => rows.filter(({ id }) => id.startsWith(`${name}/`));
  const marks = names.map((name) => [name, recall(of(name)), recall(of(name).filter(isEasy))]);
  const bins = BINS.map(([name, is]) => [name, recall(rows.filter((r) => r.drawing !== undefined && is(r.drawing)))]);
  const wrong = rows.filter((r) => r.found.length > 0 && !isFound(r));
  return [
    `${rows.length} drawn lines, white with a soft shadow, over camera clips; line height 3-12 % of the short side,`,
    `opacity .3-1, short side 240-720, H.264 CRF 20-36. Print: ${fontsOf(rows)}. Found with the right owner:`,
    '',
    `- all: ${withInterval(rows)}`,
    `- at 5 % of the short side and more, CRF 28 and less: ${withInterval(rows.filter(isEasy))}`,
    `- taken for another mark: ${percent(wrong.length, rows.length)}`,
    '',
    table(['condition', 'found'], bins),
    '',
    table(['mark or statement', 'found', 'of these at >= 5 %, CRF <= 28'], marks),
  ].join('\n');
}

const sourcesOf = (rows: readonly Row[]): number => new Set(rows.map(({ group }) => group)).size;

function fires(rows: readonly Row[]): string {
  const fired = rows.filter(({ found }) => found.length > 0);
  const bound = fired.length === 0 ? `, at most ${upperOfNone(sourcesOf(rows))} (95 %)` : '';
  return `${rows.length} clips of ${sourcesOf(rows)} sources; fired on ${sourcesOf(fired)} sources${bound}`;
}

function realPart(rows: readonly Row[]): string {
  const fired = rows.filter(({ found }) => found.length > 0);
  const heldOut = rows.filter(({ group }) => isHeldOut(group ?? ''));
  const apart = rows.filter((row) => row.apart === true).length;
  const list = fired.map(({ id, read, found }) => `- ${id}: ${found.join()} (“${read.join('”, “')}”)`);
  return [
    `${fires(rows)}.`,
    `Of these, of sources that the finder of signs was not trained on: ${fires(heldOut)}.`,
    ...(apart === 0
      ? []
      : [`On ${apart} of the clips the lines of text were read in one run and the sign looked for in another.`]),
    '',
    ...list,
  ].join('\n');
}

function markedPart(rows: readonly Row[]): string {
  const some = rows.filter(({ found }) => found.length > 0);
  const missed = rows.filter((r) => !isFound(r)).map(({ id, overlay }) => `  - ${id}: ${overlay ?? ''}`);
  return [
    `${rows.length} clips with a mark in words that a person can read. Found: ${percent(some.length, rows.length)};`,
    `of these with the right owner: ${percent(rows.filter(isFound).length, some.length)}. Missed:`,
    '',
    ...missed,
  ].join('\n');
}

function friendsPart(rows: readonly Row[]): string {
  const fired = rows.filter(({ found }) => found.length > 0);
  const list = fired.map(({ id, text, read }) => `  - ${id}: “${text ?? ''}”, read “${read.join('”, “')}”`);
  return [
    `${rows.length} camera clips with a title, subtitle, logo or name drawn in that is no mark. Fired on`,
    `${percent(fired.length, rows.length)}. (One fired at first, a title that ends in “Sora”, and led to the rule above.)`,
    ...list,
  ].join('\n');
}

function timePart(rows: readonly Row[]): string {
  const times = rows.map(({ cpu_ms }) => cpu_ms).toSorted((a, b) => a - b);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return `median ${at(0.5)} ms, 95 %: ${at(0.95)} ms, most: ${at(1)} ms (${times.length} videos)`;
}

export function report(rows: readonly Row[]): string {
  const of = (part: Row['part']): Row[] => rows.filter((row) => row.part === part);
  return [
    '# The picture reader in figures',
    'Made by `node scripts/marks.mjs`. Wasm, one thread, in Node; frames are decoded by ffmpeg.',
    '## Drawn marks',
    drawnPart(of('drawn').filter((row) => !isSigned(row))),
    '## Sora’s cloud and word',
    signedPart(of('drawn').filter(isSigned)),
    '## Real clips with a mark',
    markedPart(of('marked')),
    '## Real clips without one',
    realPart(of('real')),
    '## False friends',
    friendsPart(of('friends')),
    '## Time',
    [
      'CPU time a video, on a machine with other work; the first one loads the networks, too:',
      '',
      `- real clips without a mark: ${timePart(of('real'))}`,
      `- clips with a drawn mark: ${timePart(of('drawn'))}`,
    ].join('\n'),
    '## What it can’t read',
    [
      '- Signs without words: the sparkle of Gemini, the ring of Gen-2, the sign of OpenAI in clips of Sora on the web.',
      '- Korean, and kana beyond a few; Cyrillic, Greek, Arabic, Hebrew, Thai and the scripts of India: the recogniser knows',
      '  Chinese signs, Latin letters and digits. A Japanese statement is read where it is in kanji (生成AI).',
      '- Lines that stand upright or aslant, letters under about 12 pixels, and marks fainter than what is behind them:',
      '  the detector doesn’t see the line, though the recogniser could read it. Only Sora’s mark has a finder of its own,',
      '  which knows its cloud; on white, and in scenes as rough as the mark, it misses, too.',
      '- `AI`, `IA` or `KI` alone: they stand on shirts, shops and posters, too.',
      '- What is shown in none of the four frames that are looked at: two in the first 1.5 seconds, two after 7 seconds.',
    ].join('\n'),
    '',
  ].join('\n\n');
}
