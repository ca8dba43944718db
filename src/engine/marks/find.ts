/**
 * Marks in the pictures of one video, which were taken in pairs that are near in time: the detector looks twice at each
 * pair, and what may be a mark is read again at the same place of the other pictures. Most videos show no text, and never
 * need the recogniser. Where nothing was found, a mark's sign is looked for.
 */
import { letGo } from '../let-go';
import { folded } from './fold';
import { matchLine } from './match';
import { wholeBox } from './part';
import { fromCorner, isInPlace, isLineOfMark, neighbours, within } from './place';
import type { TextReader } from './reader';
import { signedMark } from './signed';
import type { Box, Picture } from './types';
import { darker, sidesView, wholeView } from './views';
import type { View } from './views';
import { nameOf, vote } from './vote';
import type { FoundMark, Sighting } from './vote';

/** Lines that are read of one look: the nearest to the corners first. */
const MAX_LINES = 8;

/** From this confidence on, what stands beside a name is text and no pattern of the scene. */
const SURE = 0.8;

/** Neighbours that don't make a sentence: a user's name below the mark, and the mark's own sign, if read as text. */
const isUser = (text: string): boolean => text.trim().startsWith('@');
const isSign = (text: string): boolean => /^[oqcgeu0689]{1,2}$/.test(folded(text));

interface Look {
  /** What the detector is shown. */
  view: View;
  /** What is read. */
  picture: Picture;
  /** When all that is seen in it was there. */
  times_s: readonly number[];
}

/** Looks at a pair, each only where those before show no mark: the whole, and the sides; later what stayed in both. */
function looksAt(first: Picture, second: Picture | undefined, isLater: boolean): (() => Look)[] {
  const one = { picture: first, times_s: [first.time_s] };
  const sides = (): Look => {
    if (!isLater || second === undefined || !isSize(first, second)) return { ...one, view: sidesView(first) };
    const picture = darker(first, second);
    return { picture, times_s: [first.time_s, second.time_s], view: sidesView(picture) };
  };
  return [() => ({ ...one, view: wholeView(first) }), sides];
}

/** The view is let go. */
async function boxesIn(reader: TextReader, { picture, toPicture }: View): Promise<Box[]> {
  const boxes = await reader.boxes(picture);
  letGo(picture.rgba);
  return boxes.map(toPicture).filter((box) => box !== null);
}

async function readAt(reader: TextReader, picture: Picture, box: Box): Promise<Sighting | null> {
  const { text, confidence } = await reader.read(picture, box);
  const match = matchLine(text);
  return match === null ? null : { time_s: picture.time_s, box, text, confidence, match };
}

/** The same of a line of which the detector may have seen a part only. */
async function readWholeAt(reader: TextReader, picture: Picture, box: Box): Promise<Sighting | null> {
  const { text, confidence } = await reader.read(picture, box);
  const match = matchLine(text);
  if (match?.isNear === true) return { time_s: picture.time_s, box, text, confidence, match };
  const whole = wholeBox(text, box);
  const again = whole === null ? null : await readAt(reader, picture, within(whole, picture));
  if (again?.match.isNear === true) return again;
  return match === null ? null : { time_s: picture.time_s, box, text, confidence, match };
}

/** Nothing beside it makes it part of a sentence. */
async function isAlone(reader: TextReader, picture: Picture, box: Box, all: readonly Box[]): Promise<boolean> {
  for (const other of neighbours(box, all)) {
    const { text, confidence } = await reader.read(picture, other);
    const isText = confidence >= SURE && folded(text).length > 1;
    if (isText && !isUser(text) && !isSign(text) && matchLine(text)?.isNear !== true) return false;
  }
  return true;
}

/** A statement counts wherever it stands; a name only as a mark. */
async function isMark(reader: TextReader, picture: Picture, { box, match }: Sighting, all: readonly Box[]) {
  if (match.mark === null) return true;
  return isInPlace(match.mark.place, box, picture) && (await isAlone(reader, picture, box, all));
}

async function candidatesIn(reader: TextReader, picture: Picture, all: readonly Box[]): Promise<Sighting[]> {
  const found: Sighting[] = [];
  const lines = all.filter((box) => isLineOfMark(box, picture));
  const order = lines.toSorted((a, b) => fromCorner(a, picture) - fromCorner(b, picture));
  for (const box of order.slice(0, MAX_LINES)) {
    const sighting = await readWholeAt(reader, picture, box);
    if (sighting !== null && (await isMark(reader, picture, sighting, all))) found.push(sighting);
  }
  return found;
}

/** The same place in the other pictures, the nearest in time first, until it was read well twice. */
async function seenAgain(
  reader: TextReader,
  before: Sighting,
  times_s: readonly number[],
  others: readonly Picture[],
): Promise<Sighting[]> {
  const found = times_s.map((time_s) => ({ ...before, time_s }));
  const apart = (picture: Picture): number => Math.abs(picture.time_s - before.time_s);
  for (const picture of others.toSorted((a, b) => apart(a) - apart(b))) {
    if (found.filter(({ match }) => match.isNear).length > 1) break;
    const again = await readAt(reader, picture, before.box);
    if (again !== null && nameOf(again.match) === nameOf(before.match)) found.push(again);
  }
  return found.filter(({ match }) => match.isNear);
}

/** Pictures in pairs, in the order in which they were taken; the last one may stand alone. */
const pairs = (pictures: readonly Picture[]): Picture[][] =>
  pictures.flatMap((picture, i) => (i % 2 === 0 ? [[picture, ...pictures.slice(i + 1, i + 2)]] : []));

const isSize = ({ width, height }: Picture, other: Picture): boolean =>
  width === other.width && height === other.height;

/**
 * @param looked the first so many pairs were looked at before, and showed nothing
 * @returns the marks that were seen; looks at no more pictures than it takes
 */
export async function findMarks(reader: TextReader, pictures: readonly Picture[], looked = 0): Promise<FoundMark[]> {
  const sightings: Sighting[] = [];
  for (const [i, [first, second]] of pairs(pictures).entries()) {
    if (first === undefined || i < looked) continue;
    const lines: Box[] = [];
    for (const look of looksAt(first, second, i > 0)) {
      const { view, picture, times_s } = look();
      const others = pictures.filter((other) => !times_s.includes(other.time_s) && isSize(other, picture));
      const boxes = await boxesIn(reader, view);
      lines.push(...boxes);
      for (const candidate of await candidatesIn(reader, picture, boxes)) {
        sightings.push(...(await seenAgain(reader, candidate, times_s, others)));
      }
      const found = vote(sightings, pictures.length);
      if (found.length > 0) return found;
    }
    const pair = second !== undefined && isSize(first, second) ? [first, second] : [first];
    const signed = await signedMark(reader, pair, lines);
    if (signed !== null) return [signed];
  }
  return [];
}
