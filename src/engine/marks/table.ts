/**
 * Marks that generators leave in the picture, one row each: a new mark is one row here, and nothing else.
 * Statements that laws and platforms ask for are in `statements.ts`.
 */

export interface Mark {
  /** Unique, for scripts. */
  id: string;
  /** As people call it. */
  name: string;
  /** Who makes the generator, as in a signer's name. */
  owner: string;
  /** `ai-used` where the tool also cuts clips of a camera. */
  says: 'ai-generated' | 'ai-used';
  /** As written in the picture, in every script; case, spaces and signs don't count. */
  forms: readonly string[];
  /** `corner`; `edge` where it jumps along the borders; `any` where it may lie across the picture. */
  place: 'corner' | 'edge' | 'any';
  /** Where this is known from: `seen` in clips of the generator, or `told` by its users. */
  source: 'seen' | 'told';
}

const mark = (
  id: string,
  name: string,
  owner: string,
  forms: readonly string[],
  more: Partial<Pick<Mark, 'says' | 'place' | 'source'>> = {},
): Mark => ({ id, name, owner, forms, says: 'ai-generated', place: 'corner', source: 'told', ...more });

const SEEN = { source: 'seen' } as const;
const EDITOR = { says: 'ai-used' } as const;

export const MARKS: readonly Mark[] = [
  mark('sora', 'Sora', 'OpenAI', ['Sora', 'Sora AI', 'OpenAI Sora'], { place: 'edge', source: 'seen' }),
  mark('veo', 'Veo', 'Google', ['Veo', 'Google Veo'], SEEN),
  mark('kling', 'Kling', 'Kuaishou', ['KlingAI', 'Kling', '可灵AI', '可灵'], SEEN),
  mark('hailuo', 'Hailuo', 'MiniMax', ['hailuo AI', 'MINIMAX hailuo AI', 'MINIMAX', 'Hailuo', '海螺AI']),
  mark('runway', 'Runway', 'Runway', ['Runway', 'RunwayML', 'Runway AI'], SEEN),
  mark('luma', 'Luma', 'Luma AI', ['LUMA', 'Luma AI', 'Dream Machine']),
  mark('pika', 'Pika', 'Pika', ['Pika', 'Pika Labs', 'pika.art'], SEEN),
  mark('pixverse', 'PixVerse', 'AISphere', ['PixVerse', 'PixVerse.ai']),
  mark('vidu', 'Vidu', 'Shengshu', ['Vidu', 'Vidu AI']),
  mark('genmo', 'Genmo', 'Genmo', ['Genmo']),
  mark('haiper', 'Haiper', 'Haiper', ['Haiper', 'Haiper AI']),
  mark('ltx', 'LTX', 'Lightricks', ['LTX Studio', 'LTX Video', 'LTXV']),
  mark('invideo', 'InVideo AI', 'InVideo', ['InVideo AI'], EDITOR),
  mark('synthesia', 'Synthesia', 'Synthesia', ['Synthesia', 'Synthesia.io'], { place: 'any' }),
  mark('heygen', 'HeyGen', 'HeyGen', ['HeyGen']),
  mark('d-id', 'D-ID', 'D-ID', ['D-ID.com', 'Made with D-ID', 'studio.d-id.com']),
  mark('jimeng', 'Jimeng', 'ByteDance', ['即梦AI', '即梦', 'Jimeng AI', 'Dreamina', 'Dreamina AI']),
  mark('doubao', 'Doubao', 'ByteDance', ['豆包AI', '豆包', 'Doubao AI']),
  mark('seedance', 'Seedance', 'ByteDance', ['Seedance', 'Seedance AI']),
  mark('qwen', 'Qwen', 'Alibaba', ['Qwen', 'Qwen AI', '通义', '通义万相', '千问']),
  mark('yuanbao', 'Yuanbao', 'Tencent', ['腾讯元宝', '元宝AI']),
  mark('moonvalley', 'Moonvalley', 'Moonvalley', ['Moonvalley', 'Moonvalley.ai'], SEEN),
  mark('morph', 'Morph Studio', 'Morph Studio', ['Morph Studio', 'MorphStudio.xyz'], SEEN),
  mark('lumiere', 'Lumiere', 'Google', ['Lumiere', 'Lumiere + StillMoving'], SEEN),
];
