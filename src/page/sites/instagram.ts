/** Instagram: a field of the media in the page's data. The same word on a profile speaks of an account, not of a clip. */
import { objectsWith, ofScript, parse, textAt } from './json';
import { quote } from './reader';
import type { Scene, SiteReader } from './reader';

const FIELD = 'gen_ai_detection_method';
const POST = /^\/(?:[\w.]+\/)?(?:p|reel|reels|tv)\/([\w-]+)/;
/** Scripts with data in one page that are looked at. */
const MAX_SCRIPTS = 200;

/** The post that holds the video, by its own links; without such links the address, where it can mean no other video. */
function codeOf({ document, url, video }: Scene): string | null {
  const links = video.closest('article')?.querySelectorAll('a[href]') ?? [];
  const codes = new Set([...links].flatMap((link) => POST.exec(link.getAttribute('href') ?? '')?.[1] ?? []));
  if (codes.size > 0) return codes.size === 1 ? ([...codes][0] ?? null) : null;
  return document.querySelectorAll('video').length === 1 ? (POST.exec(url.pathname)?.[1] ?? null) : null;
}

type Method = [code: string, method: string];

/** Codes of media and what was detected in them. */
function methodsIn(text: string): Method[] {
  if (!text.includes(FIELD)) return [];
  return objectsWith(parse(text), FIELD).flatMap((media) => {
    const [code, method] = [textAt(media, 'code'), textAt(media, FIELD, 'detection_method')];
    return code === null || method === null ? [] : [[code, method] satisfies Method];
  });
}

function allMethods(document: Document): Method[] {
  const scripts = [...document.querySelectorAll('script[type="application/json"]')].slice(0, MAX_SCRIPTS);
  return scripts.flatMap((script) => ofScript(script, methodsIn));
}

export const instagram: SiteReader = (scene) => {
  const code = codeOf(scene);
  if (code === null) return null;
  const methods = allMethods(scene.document).flatMap(([of, method]) => (of === code ? [method] : []));
  const [method] = methods;
  const isClear = method !== undefined && /^[A-Z]\w+$/.test(method) && method !== 'NONE';
  if (!isClear || methods.some((other) => other !== method)) return null;
  return { says: 'ai-used', value: quote(`detection_method=${method}`), where: 'page data' };
};
