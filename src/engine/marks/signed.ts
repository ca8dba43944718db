/**
 * A mark that is known by its sign. Letters too faint for the detector of text are still read where the sign says that
 * they stand; and since the sign was seen, a word that is read nearly as it should be is enough.
 */
import { distance, folded } from './fold';
import { matchLine } from './match';
import { isInPlace } from './place';
import type { TextReader } from './reader';
import type { SignPlace } from './sign';
import { MARKS } from './table';
import type { Box, Picture } from './types';
import type { FoundMark, Sighting } from './vote';
import { nameOf } from './vote';

/** The mark whose sign the network knows, and its word. */
const MARK = 'sora';
const WORD = 'sora';
const SURE = 0.75;
/** The surer the sign, the less has to be read of the word: so far may the best reading be from it. */
const MAY_COST = [
  { from: 0.85, cost: 2 },
  { from: SURE, cost: 1.5 },
];
/** More places than this are patterns of the scene. */
const MAX_PLACES = 4;
/** Of a sign that is less sure, one reading has to be near, and another one not far. */
const NEAR = 0.5;
const FAR = 1.5;
/** A line this much wider than the word holds more than it and its sign, if that much of it can be read. */
const LONGER = 1.5;
const LEGIBLE = 0.8;
/** A word is read again in a box this much larger on each side, in parts of its height: the first may have cut it. */
const ROOM = 0.12;

const grown = ({ x, y, width, height }: Box): Box => {
  const by = height * ROOM;
  return { x: Math.max(0, x - by), y: Math.max(0, y - by), width: width + 2 * by, height: height + 2 * by };
};

interface Word extends Sighting {
  cost: number;
}

/** @returns null when what is read is another mark, or nothing like the word */
async function readWord(reader: TextReader, picture: Picture, box: Box): Promise<Word | null> {
  const { text, confidence } = await reader.read(picture, box);
  const mark = MARKS.find(({ id }) => id === MARK);
  const cost = distance(folded(text), WORD);
  const match = matchLine(text);
  if (mark === undefined || cost > 2 || (match?.isNear === true && nameOf(match) !== MARK)) return null;
  const own = { mark, says: mark.says, words: null, cost, isNear: cost <= NEAR };
  return { time_s: picture.time_s, box, text, confidence, cost, match: own };
}

async function readTwice(reader: TextReader, picture: Picture, box: Box): Promise<Word | null> {
  const first = await readWord(reader, picture, box);
  if (first === null || first.cost <= NEAR) return first;
  const second = await readWord(reader, picture, grown(box));
  return second !== null && second.cost < first.cost ? second : first;
}

function isRead(costs: readonly number[], { probability }: SignPlace): boolean {
  const [best = Infinity, second = Infinity] = costs.toSorted((a, b) => a - b);
  if (best <= NEAR && second <= FAR) return true;
  return MAY_COST.some(({ from, cost }) => probability >= from && best <= cost);
}

/** What is read in each picture; where the sign is unsure and the first shows nothing, the others don't matter. */
async function wordsAt(
  reader: TextReader,
  pictures: readonly Picture[],
  { box, probability }: SignPlace,
): Promise<Word[]> {
  const words: Word[] = [];
  for (const picture of pictures) {
    const word = await readTwice(reader, picture, box);
    if (word !== null) words.push(word);
    else if (probability < SURE) break;
  }
  return words;
}

/** The detector saw the word as a part of a line that says more: a title or a caption. */
async function isInSentence(reader: TextReader, picture: Picture, word: Box, lines: readonly Box[]): Promise<boolean> {
  const [x, y] = [word.x + word.width / 2, word.y + word.height / 2];
  for (const line of lines) {
    const isAround = x > line.x && x < line.x + line.width && y > line.y && y < line.y + line.height;
    if (!isAround || line.width < word.width * LONGER) continue;
    const { text, confidence } = await reader.read(picture, line);
    if (confidence >= LEGIBLE && folded(text).length > WORD.length + 2) return true;
  }
  return false;
}

/**
 * @param pictures two of one scene, or one
 * @param lines of text that the detector saw in them
 * @returns the mark at the likeliest of the places where its sign was seen and its word was read
 */
export async function signedMark(
  reader: TextReader,
  pictures: readonly Picture[],
  lines: readonly Box[],
): Promise<FoundMark | null> {
  const [first, second = first] = pictures;
  if (first === undefined || second === undefined) return null;
  const places = (await reader.signs(first, second)).filter(({ box }) => isInPlace('edge', box, first));
  for (const place of places.slice(0, MAX_PLACES)) {
    const words = await wordsAt(reader, pictures, place);
    const [best] = words.toSorted((a, b) => a.cost - b.cost || b.confidence - a.confidence);
    if (
      best === undefined ||
      !isRead(
        words.map(({ cost }) => cost),
        place,
      )
    )
      continue;
    if (await isInSentence(reader, first, place.box, lines)) continue;
    return { match: best.match, best, times_s: words.map((w) => w.time_s) };
  }
  return null;
}
