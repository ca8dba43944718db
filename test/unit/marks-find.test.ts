/** From boxes and lines to marks: places, sizes, neighbours, and the vote over pictures. No network runs here. */
import { describe, expect, test } from 'vitest';
import { disclosureOf } from '../../src/engine/marks/describe';
import { findMarks } from '../../src/engine/marks/find';
import type { TextReader } from '../../src/engine/marks/reader';
import type { SignPlace } from '../../src/engine/marks/sign';
import type { Box, Picture } from '../../src/engine/marks/types';
import { nameOf } from '../../src/engine/marks/vote';

const SIZE = { width: 640, height: 360 };
const picture = (time_s: number): Picture => ({ time_s, ...SIZE, rgba: new Uint8ClampedArray(640 * 360 * 4) });
const FOUR = [0.5, 1.25, 7, 7.75].map(picture);

interface Line {
  text: string;
  box: Box;
  confidence?: number;
  /** In these pictures only. */
  at?: number[];
  /** Not seen by the detector. */
  isFaint?: boolean;
}
const at = (x: number, y: number, width = 60, height = 20): Box => ({ x, y, width, height });
const LOWER_RIGHT = at(560, 330);

/** A place that the finder of signs names, in pairs that begin with these pictures only. */
interface Sign extends SignPlace {
  at?: number[];
}

/** Reads lines that stand where they stand, whatever is drawn; where signs are, too. */
function readsSigned(signs: Sign[], ...lines: Line[]): TextReader & { reads: number } {
  const isAt = (line: Pick<Line, 'at'>, { time_s }: Picture): boolean => line.at?.includes(time_s) ?? true;
  const isNear = (a: Box, b: Box): boolean => Math.abs(a.x - b.x) < 3 && Math.abs(a.y - b.y) < 3;
  const reader = {
    reads: 0,
    boxes: (shown: Picture) => {
      // What else the detector is shown (the sides) has another size: nothing is seen there.
      const isWhole = shown.width === SIZE.width && shown.height === SIZE.height;
      const seen = lines.filter((line) => isAt(line, shown) && line.isFaint !== true);
      return Promise.resolve(isWhole ? seen.map(({ box }) => box) : []);
    },
    signs: (shown: Picture) => Promise.resolve(signs.filter((s) => isAt(s, shown))),
    read: (shown: Picture, box: Box) => {
      reader.reads++;
      const line = lines.find((l) => isAt(l, shown) && isNear(l.box, box));
      return Promise.resolve({ text: line?.text ?? '', confidence: line?.confidence ?? 0.95 });
    },
  };
  return reader;
}

const reads = (...lines: Line[]): ReturnType<typeof readsSigned> => readsSigned([], ...lines);

const found = async (reader: TextReader, pictures = FOUR): Promise<string[]> =>
  (await findMarks(reader, pictures)).map((f) => nameOf(f.match));

describe('a name counts as a mark', () => {
  test('in its corner, twice', async () => {
    const reader = reads({ text: 'Veo', box: LOWER_RIGHT });
    expect(await found(reader)).toEqual(['veo']);
    expect(reader.reads).toBe(2);
  });
  test('with a user’s name below it', async () => {
    const user = { text: '@someone', box: at(40, 202) };
    expect(await found(reads({ text: 'Sora', box: at(40, 180) }, user))).toEqual(['sora']);
  });
  test('with its own sign read as text, and more so in a picture that is upright', async () => {
    const eyes = { text: '00', box: at(10, 180, 25) };
    expect(await found(reads({ text: 'Sora', box: at(40, 180) }, eyes))).toEqual(['sora']);
    // The sign reaches to the border, the word doesn't.
    expect(await found(reads({ text: 'Sora', box: at(160, 180, 90, 40) }))).toEqual(['sora']);
  });
  test('misread once', async () => {
    const lines = [
      { text: 'Neo', box: LOWER_RIGHT, at: [0.5] },
      { text: 'Veo', box: LOWER_RIGHT, at: [1.25, 7] },
    ];
    expect(await found(reads(...lines))).toEqual(['veo']);
  });
  test('of which the detector sees a part', async () => {
    const lines = [
      { text: 'eo', box: at(580, 330, 40) },
      { text: 'Veo', box: at(546, 330, 74) },
    ];
    expect(await found(reads(...lines))).toEqual(['veo']);
  });
  test('of a single picture, when it is read as written', async () => {
    expect(await found(reads({ text: 'Kling AI', box: LOWER_RIGHT }), [picture(0)])).toEqual(['kling']);
    expect(await found(reads({ text: '6ora', box: LOWER_RIGHT }), [picture(0)])).toEqual([]);
  });
});

describe('a name counts for nothing', () => {
  test.each<[string, Line[]]>([
    ['in the middle', [{ text: 'Sora', box: at(290, 170) }]],
    ['where subtitles stand', [{ text: 'Veo', box: at(290, 330) }]],
    ['as large as a title', [{ text: 'Sora', box: at(20, 60, 200, 90) }]],
    ['as small as dust', [{ text: 'Veo', box: at(610, 350, 12, 5) }]],
    [
      'in a sentence of several boxes',
      [
        { text: 'Sora', box: at(40, 180) },
        { text: 'is coming', box: at(108, 180) },
      ],
    ],
    [
      'with a title below it',
      [
        { text: 'Sora', box: at(40, 180) },
        { text: 'Student, 23', box: at(40, 204) },
      ],
    ],
    ['seen once', [{ text: 'Veo', box: LOWER_RIGHT, at: [0.5] }]],
    ['guessed', [{ text: 'Veo', box: LOWER_RIGHT, confidence: 0.3 }]],
    ['always read as another word', [{ text: 'Bora', box: at(40, 180) }]],
  ])('%s', async (_, lines) => {
    expect(await found(reads(...lines))).toEqual([]);
  });
});

describe('a sign with a word that the detector doesn’t see', () => {
  const PLACE = at(60, 180);
  const faint = (text: string, box = PLACE, times?: number[]): Line => ({
    ...{ text, box, isFaint: true },
    ...(times === undefined ? {} : { at: times }),
  });
  const sign = (probability: number, box = PLACE): Sign => ({ box, probability });

  test('is a mark when the word is read in both pictures of a pair', async () => {
    expect(await found(readsSigned([sign(0.6)], faint('Sora')))).toEqual(['sora']);
    expect(await found(readsSigned([], faint('Sora')))).toEqual([]);
  });
  test('is one of the first pair or of the second', async () => {
    const later = { ...sign(0.6), at: [7] };
    const [mark] = await findMarks(readsSigned([later], faint('Sora')), FOUR);
    expect(mark?.times_s).toEqual([7, 7.75]);
  });
  test('is one when the sign is sure and the word is read nearly so', async () => {
    expect(await found(readsSigned([sign(0.97)], faint('Sore')))).toEqual(['sora']);
    expect(await found(readsSigned([sign(0.5)], faint('Sore')))).toEqual([]);
  });
  test.each<[string, Sign, Line]>([
    ['whose word is another', sign(0.99), faint('Mora Bay')],
    ['beside which nothing can be read', sign(0.99), faint('')],
    ['beside which another mark stands', sign(0.99), faint('Veo')],
    ['in the middle of the picture', sign(0.99, at(290, 170)), faint('Sora', at(290, 170))],
    ['read once, and unlikely', sign(0.5), faint('Sora', PLACE, [0.5])],
  ])('is none: %s', async (_, place, line) => {
    expect(await found(readsSigned([place], line))).toEqual([]);
  });
  test('is none in a line that says more', async () => {
    const title = { text: 'Welcome to Sora', box: at(20, 180, 110) };
    expect(await found(readsSigned([sign(0.6)], faint('Sora'), title))).toEqual([]);
    expect(await found(readsSigned([sign(0.6)], faint('Sora'), { ...title, text: '~.' }))).toEqual(['sora']);
  });
  test('is looked for only where lines of text show no mark', async () => {
    const reader = readsSigned([sign(0.99)], faint('Sora'), { text: 'Veo', box: LOWER_RIGHT });
    expect(await found(reader)).toEqual(['veo']);
  });
});

test('a statement counts wherever it stands', async () => {
  for (const box of [LOWER_RIGHT, at(290, 170, 120), at(20, 20, 120)]) {
    expect(await found(reads({ text: 'AI-generated', box }))).toEqual(['ai-generated']);
  }
});

test('without text, nothing is read', async () => {
  const reader = reads();
  expect(await found(reader)).toEqual([]);
  expect(reader.reads).toBe(0);
});

test('pairs that were looked at are not looked at again', async () => {
  const reader = reads({ text: 'Veo', box: LOWER_RIGHT, at: [0.5, 1.25] });
  expect(await findMarks(reader, FOUR, 1)).toEqual([]);
  expect(await found(reader)).toEqual(['veo']);
});

test('what the label says of it', async () => {
  const [mark] = await findMarks(reads({ text: 'QKLING AI 1.6', box: at(480, 324, 144, 18) }), FOUR);
  expect(mark === undefined ? null : disclosureOf(mark, SIZE)).toEqual({
    kind: 'visible-mark',
    says: 'ai-generated',
    value: 'Kling mark',
    where: '0.5 s, 1.25 s',
    by: 'picture',
    mark: {
      id: 'kling',
      name: 'Kling',
      owner: 'Kuaishou',
      text: 'QKLING AI 1.6',
      times_s: [0.5, 1.25],
      box: [0.75, 0.9, 0.225, 0.05],
    },
  });
});

test('a statement is quoted as a person reads it, and kept as the recogniser did', async () => {
  const [mark] = await findMarks(reads({ text: 'Al-generated', box: LOWER_RIGHT }), FOUR);
  expect(mark === undefined ? null : disclosureOf(mark, SIZE)).toMatchObject({
    value: 'AI-generated',
    mark: { id: 'statement', text: 'Al-generated' },
  });
});
