/** What a reader of one site is: pure, over what the page already holds. */
import type { NoticeSays } from '../../contract/notices';
import { startOf } from '../../contract/start-of';

/** What a reader looks at. */
export interface Scene {
  document: Document;
  url: URL;
  video: Element;
  /** What was picked of the page's own data (`page-data.ts`); null where there is none, undefined before. Hostile. */
  data: unknown;
}

export interface Finding {
  says: NoticeSays;
  value: string;
  where: string;
}

/** Gives what the site says of this very video; null when it says nothing, or in doubt. */
export type SiteReader = (scene: Scene) => Finding | null;

const MAX_QUOTE = 160;
/** Of NodeFilter. */
const SHOW_TEXT = 4;
/** Texts of one element that are quoted. */
const MAX_TEXTS = 20;

/** Texts of an element, apart from one another as they are on the page. */
export function wordsOf(element: Element): string {
  const walker = element.ownerDocument.createTreeWalker(element, SHOW_TEXT);
  const words: string[] = [];
  while (words.length < MAX_TEXTS && walker.nextNode() !== null) words.push(walker.currentNode.nodeValue ?? '');
  return words.join(' ');
}

/** Words of the page as they are quoted: one line, cut. */
export const quote = (words: string): string =>
  startOf(startOf(words, 1_000).replaceAll(/\s+/g, ' ').trim(), MAX_QUOTE);
