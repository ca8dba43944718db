/** What is drawn over which clip: the same on every run. */
import { MARKS } from '../../src/engine/marks/table';
import { fontOf } from './draw';
import type { Clip, Drawing, Place } from './draw';
import { pick, randomFrom } from './random';

export interface Sample {
  id: string;
  /** What has to be found: a mark's id, what a statement says, or nothing. */
  wanted: string | null;
  clip: Clip;
  drawing: Drawing;
}

/** Sora's mark has a limit of its own to hold, so that many more are drawn of it: over the whole range, and where it holds. */
const SORA_SHARE = { whole: 20, limit: 30 };
/** Of the draws of Sora's mark. Another name gives others: needed once a reader was tuned on these. */
const SORA_DRAW = 'c';
/** Nearest to the print of its app. */
const SORA_FONTS = ['Inter:semibold'];
const USERS = ['@nightowl', '@maria.k', '@studio_77'];

const SHORT_SIDES = [240, 360, 480, 720];
const LATIN_FONTS = ['Inter', 'Lato', 'Open Sans', 'DejaVu Sans'];
const CHINESE_FONT = 'Noto Sans CJK SC';

/** Statements, one sample each in turn. */
const STATEMENTS = ['AI生成', '人工智能生成', 'AI-generated', 'Made with AI', 'AI GENERATED', 'KI-generiert'];
const MORE_STATEMENTS = ['Généré par IA', 'Creado con IA', 'Criado com IA', 'Creato con IA', '内容由AI生成', 'AI合成'];

/** What no mark is: other names, titles and subtitles with names of generators in them, logos. */
const FRIENDS = [
  ...['OpenAI unveils Sora 2', 'Sora vs Veo 3: which is better?', 'Is this video AI-generated?', 'Sora Tanaka'],
  ...[
    'Kling AI tutorial for beginners',
    'We asked Runway for a comment',
    'AI生成的视频正在泛滥',
    '专家：AI生成内容应标注',
  ],
  ...[
    'Breaking: AI video fools millions',
    'How I made this with AI tools',
    'Made with love',
    'Air India',
    'AI',
    'LIVE',
  ],
  ...['CNN', 'BBC NEWS', 'shutterstock', 'iStock', 'CapCut', 'InShot', 'Kapwing', 'TikTok @sora_fan', 'Adobe', 'Mora'],
  ...['Pike & Sons', 'Luna Park', 'VEOLIA', 'Queen', 'Haier', 'The Runway Show', 'Video', 'Lumière Festival 2024'],
  ...[
    'she said Sora',
    'Welcome to Sora',
    'Hotel Sora Tokyo',
    'NEWS 24',
    'Subscribe!',
    '© 2023 Studio Nine',
    '00:12:45',
  ],
];
const FRIEND_PLACES: Place[] = [
  { x: '(w-tw)/2', y: 'h-th-h*0.06' },
  { x: 'w*0.04', y: 'h-th-h*0.05' },
  { x: 'w-tw-w*0.04', y: 'h-th-h*0.05' },
  { x: 'w-tw-w*0.04', y: 'h*0.05' },
  { x: 'w*0.04', y: 'h*0.05' },
];

const LOWER_RIGHT: Place = { x: 'w-tw-w*0.03', y: 'h-th-h*0.04' };
const EDGES: Place[] = [
  { x: 'w*0.05', y: 'h*0.12' },
  { x: 'w-tw-w*0.05', y: '(h-th)/2' },
  { x: 'w*0.05', y: 'h*0.8-th' },
];

const isChinese = (text: string): boolean => /[⺀-鿿]/.test(text);

/** Null where this machine has no font for a text. */
function fontFor(text: string, random: () => number, latin: readonly string[]): string | null {
  const name = isChinese(text) ? CHINESE_FONT : pick(latin, random);
  const [family = '', file = ''] = fontOf(name).split('|');
  return isChinese(text) && !family.includes('CJK') ? null : file;
}

/** The height at which a line still fits into a clip. */
function widest(text: string, { width, height }: Clip): number {
  const ems = text.length * (isChinese(text) ? 1 : 0.62);
  return (0.9 * width) / Math.min(width, height) / ems;
}

interface Look extends Pick<Drawing, 'text' | 'places' | 'sign' | 'user'> {
  fonts?: readonly string[];
  range?: Range;
}

/** Height of the print in parts of the short side, and CRF: each from the first number to the second. */
interface Range {
  height: readonly [number, number];
  crf: readonly [number, number];
}
const WHOLE: Range = { height: [0.03, 0.12], crf: [20, 36] };
const LIMIT: Range = { height: [0.05, 0.12], crf: [20, 28] };

/** None where this machine has no font for the text. */
function sample(id: string, wanted: string | null, look: Look, clips: readonly Clip[]): Sample[] {
  const random = randomFrom(id);
  const { fonts = LATIN_FONTS, range = WHOLE, ...drawn } = look;
  const { text } = drawn;
  const font = fontFor(text, random, fonts);
  if (font === null) return [];
  const between = ([low, high]: readonly [number, number]): number => low + random() * (high - low);
  const height = between(range.height);
  const [opacity, crf] = [0.3 + random() * 0.7, Math.floor(between([range.crf[0], range.crf[1] + 1]))];
  const shortSide = pick(SHORT_SIDES, random);
  const clip = pick(clips, random);
  const drawing = { ...drawn, font, height: Math.min(height, widest(text, clip)), opacity, crf, shortSide };
  return [{ id, wanted, clip, drawing }];
}

/** The signed word as its app writes it, half of them jumping; in every third with a user's name below. */
function soraSamples(name: string, range: Range, clips: readonly Clip[], count: number): Sample[] {
  return Array.from({ length: count }, (_, n) => n).flatMap((n) => {
    const [first = LOWER_RIGHT, second = LOWER_RIGHT] = [EDGES[n % 3], EDGES[(n + 1) % 3]];
    const places = n % 2 === 0 ? [first, second] : [first];
    const user = n % 3 === 2 ? { user: pick(USERS, randomFrom(`user ${n}`)) } : {};
    const look = { text: 'Sora', places, fonts: SORA_FONTS, range, sign: 'sora', ...user };
    return sample(`${name}/${SORA_DRAW}${n}`, 'sora', look, clips);
  });
}

/** Draws over the whole range, and more of them where the limit holds; over clips that were kept apart. */
export const signedSamples = (heldOut: readonly Clip[], perMark: number): Sample[] => [
  ...soraSamples('sora limit', LIMIT, heldOut, perMark * SORA_SHARE.limit),
  ...soraSamples('sora', WHOLE, heldOut, perMark * SORA_SHARE.whole),
];

/** A mark's n-th form in turn. */
export function drawnSamples(clips: readonly Clip[], perMark: number): Sample[] {
  const rounds = Array.from({ length: perMark }, (_, n) => n);
  const statements = [...STATEMENTS, ...MORE_STATEMENTS];
  return rounds.flatMap((n) => [
    ...MARKS.filter(({ id }) => id !== 'sora').flatMap(({ id, forms }) =>
      sample(`${id}/${n}`, id, { text: forms[n % forms.length] ?? '', places: [LOWER_RIGHT] }, clips),
    ),
    ...statements.flatMap((text) => {
      const place = pick(FRIEND_PLACES, randomFrom(`place ${text}/${n}`));
      return sample(`statement ${text}/${n}`, 'ai-generated', { text, places: [place] }, clips);
    }),
  ]);
}

export function friendSamples(clips: readonly Clip[], count: number): Sample[] {
  return Array.from({ length: count }, (_, n) => n).flatMap((n) => {
    const place = FRIEND_PLACES[n % FRIEND_PLACES.length] ?? LOWER_RIGHT;
    return sample(`friend ${n}`, null, { text: FRIENDS[n % FRIENDS.length] ?? '', places: [place] }, clips);
  });
}
