/** Instagram: two fields of the media in the page's data. The same word on a profile speaks of an account, not of a clip. */
import { at, objectsWith, ofScript, parse, textAt } from './json';
import { quote } from './reader';
import type { Scene, SiteReader } from './reader';

const FIELD = 'gen_ai_detection_method';
/** True where the site itself tells of AI because much could hang on it. */
const HIGH_RISK = 'has_high_risk_gen_ai_inform_treatment';
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

/** What a field says of the media with a code; null: no AI. */
type Told = [code: string, value: string | null];

function toldOf(media: object): string | null | undefined {
  const method = textAt(media, FIELD, 'detection_method');
  if (method !== null && method !== 'NONE') return /^[A-Z]\w+$/.test(method) ? `detection_method=${method}` : null;
  if (at(media, HIGH_RISK) === true) return `${HIGH_RISK}=true`;
  return method === null ? undefined : null;
}

/** Codes of media and what is said of them. */
function toldIn(text: string): Told[] {
  if (!text.includes(FIELD) && !text.includes(HIGH_RISK)) return [];
  const data = parse(text);
  const all = new Set([...objectsWith(data, FIELD), ...objectsWith(data, HIGH_RISK)]);
  return [...all].flatMap((media) => {
    const [code, value] = [textAt(media, 'code'), toldOf(media)];
    return code === null || value === undefined ? [] : [[code, value] satisfies Told];
  });
}

function allTold(document: Document): Told[] {
  const scripts = [...document.querySelectorAll('script[type="application/json"]')].slice(0, MAX_SCRIPTS);
  return scripts.flatMap((script) => ofScript(script, toldIn));
}

export const instagram: SiteReader = (scene) => {
  const code = codeOf(scene);
  if (code === null) return null;
  const values = allTold(scene.document).flatMap(([of, value]) => (of === code ? [value] : []));
  const [value] = values;
  if (value === undefined || value === null || values.some((other) => other !== value)) return null;
  return { says: 'ai-used', value: quote(value), where: 'page data' };
};
