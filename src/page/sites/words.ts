/**
 * Words of notices, where a site gives nothing firmer than words: per language, compared whole and never as a
 * part of a longer text. What isn't here is not read.
 */
import type { NoticeSays } from '../../contract/notices';

/** A text as tables have it. */
const plain = (words: string): string =>
  words
    .replaceAll(/[\s\u200b-\u200f]+/g, ' ')
    .replaceAll('’', "'")
    .trim()
    .toLowerCase();

const phrases = (byLanguage: Record<string, readonly string[]>): ReadonlySet<string> =>
  new Set(Object.values(byLanguage).flat().map(plain));

/** Facebook's small button in a post. */
export const AI_INFO = phrases({
  en: ['AI info', 'AI content'],
  de: ['KI-Info', 'KI-Infos', 'KI-Inhalt'],
  es: ['Información de IA', 'Información sobre la IA', 'Contenido de IA'],
  fr: ['Infos IA', 'Contenu IA'],
  it: ['Info IA', "Informazioni sull'IA", 'Contenuto IA'],
  pt: ['Informações de IA', 'Conteúdo de IA'],
  ja: ['AI情報', 'AIコンテンツ'],
  zh: ['AI 信息', 'AI信息', 'AI 资讯', 'AI 內容', 'AI 内容'],
});

/** The line in a post on X. */
export const MADE_WITH_AI = phrases({
  en: ['Made with AI'],
  de: ['Mit KI erstellt'],
  es: ['Hecho con IA', 'Creado con IA'],
  fr: ["Créé avec l'IA", 'Créé avec IA', 'Fait avec l’IA'],
  it: ["Creato con l'IA", 'Creato con IA'],
  pt: ['Feito com IA', 'Criado com IA'],
  ja: ['AIで作成', 'AIで生成'],
  zh: ['使用 AI 制作', '由 AI 生成', '使用 AI 製作'],
});

/** How YouTube's badge begins for assistive technology: "AI: altered or synthetic content". */
export const AI_BADGE = /^(?:AI|KI|IA|ИИ|YZ|人工智能|人工智慧)(?![\p{L}\p{N}])/u;

/** What the author declares, and what the platform only suspects, in the words of the Chinese sites. */
const DECLARED: Record<string, NoticeSays> = {
  '作者声明:内容由ai生成': 'ai-generated',
  '作者声明:内容疑似ai生成': 'possibly-ai',
  内容疑似ai生成: 'possibly-ai',
  疑似ai生成: 'possibly-ai',
  内容疑似使用ai生成: 'possibly-ai',
};

export const isPhrase = (table: ReadonlySet<string>, words: string): boolean => table.has(plain(words));

/** What a declaration says; null when it is none. */
export function declaredIn(words: string): NoticeSays | null {
  const wanted = plain(words).replaceAll('：', ':').replaceAll(' ', '');
  return Object.hasOwn(DECLARED, wanted) ? (DECLARED[wanted] ?? null) : null;
}
