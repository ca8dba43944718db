/** YouTube: the section "How this was made", which also tells of cameras and of dubbing. The link in it decides. */
import { at, listAt, textAt } from './json';
import { quote, wordsOf } from './reader';
import type { Finding, Scene, SiteReader } from './reader';
import { AI_BADGE } from './words';

/** Help pages: on AI, and on dubbing by a machine. */
const AI_ANSWER = '15447836';
const DUB_ANSWER = '15569972';

/** Players of other videos than the one that the address names: previews and the small one. */
const PLAYER = '#movie_player, #shorts-player';
const OTHER_PLAYER = 'ytd-miniplayer, ytd-video-preview, #inline-preview-player, .ad-showing';

const SECTION = 'how-this-was-made-section-view-model';

type Kind = 'ai' | 'other' | 'plain';

/** What was made of one section: what it links to and what it says. */
interface Section {
  kind: Kind;
  words: string;
}

function idIn({ pathname, searchParams }: URL): string | null {
  const id = pathname === '/watch' ? searchParams.get('v') : /^\/(?:shorts|live)\/([^/]+)/.exec(pathname)?.[1];
  return id != null && /^[\w-]{11}$/.test(id) ? id : null;
}

/** Number of the help page that a link leads to, also by YouTube's own way out. */
function answerOf(link: string, page: URL): string | null {
  if (!URL.canParse(link, page)) return null;
  const url = new URL(link, page);
  const out = url.pathname === '/redirect' ? url.searchParams.get('q') : null;
  if (out !== null) return out.startsWith('https:') && !out.includes('/redirect') ? answerOf(out, page) : null;
  const isHelp = url.hostname === 'support.google.com';
  return isHelp ? (/\/answer\/(\d+)\/?$/.exec(url.pathname)?.[1] ?? null) : null;
}

function kindOf(links: (string | null)[], page: URL): Kind {
  const answers = links.map((link) => (link === null ? null : answerOf(link, page)));
  if (answers.includes(AI_ANSWER)) return 'ai';
  return answers.includes(DUB_ANSWER) ? 'other' : 'plain';
}

/** A link settles it; without one it takes a badge as well. */
function judge(sections: Section[], hasBadge: boolean, where: string): Finding | null {
  const linked = sections.find(({ kind }) => kind === 'ai');
  const found = linked ?? (hasBadge ? sections.find(({ kind }) => kind === 'plain') : undefined);
  return found === undefined ? null : { says: 'ai-used', value: quote(found.words), where };
}

/** Elements that the page itself binds to this video, or that lie with it in one short. */
function bound(scene: Scene, id: string, selector: string): Element[] {
  const short = scene.video.closest('ytd-reel-video-renderer');
  return [...scene.document.querySelectorAll(selector)].filter((element) => {
    const holder = element.closest('[video-id]');
    if (holder !== null) return holder.getAttribute('video-id') === id;
    return short?.contains(element) === true;
  });
}

function inDocument(scene: Scene, id: string): Finding | null {
  const sections = bound(scene, id, SECTION).map((element) => ({
    kind: kindOf(
      [...element.querySelectorAll('a[href]')].map((link) => link.getAttribute('href')),
      scene.url,
    ),
    words: wordsOf(element),
  }));
  const badges = bound(scene, id, 'yt-metadata-badge-renderer [aria-label], badge-shape[aria-label]');
  const hasBadge = badges.some((badge) => AI_BADGE.test(badge.getAttribute('aria-label') ?? ''));
  return judge(sections, hasBadge, 'description');
}

const PANEL = ['engagementPanelSectionListRenderer', 'content', 'structuredDescriptionContentRenderer', 'items'];
const RESULTS = ['contents', 'twoColumnWatchNextResults', 'results', 'results', 'contents'];
const RUN_URL = ['onTap', 'innertubeCommand', 'urlEndpoint', 'url'];

function sectionIn(item: unknown, page: URL): Section[] {
  const section = at(item, 'howThisWasMadeSectionViewModel');
  if (typeof section !== 'object' || section === null) return [];
  const links = listAt(section, 'bodyText', 'commandRuns').map((run) => textAt(run, ...RUN_URL));
  const words = [textAt(section, 'bodyHeader', 'content'), textAt(section, 'bodyText', 'content')];
  return [{ kind: kindOf(links, page), words: words.filter((part) => part !== null).join(' ') }];
}

function isAiBadge(badge: unknown): boolean {
  const renderer = at(badge, 'metadataBadgeRenderer');
  return textAt(renderer, 'style') === 'BADGE_STYLE_TYPE_SIMPLE' && textAt(renderer, 'icon', 'iconType') === 'INFO';
}

/** The page's data stays as it was when the page goes on to another video without a load. */
function inData({ data, url }: Scene, id: string): Finding | null {
  const page = at(data, 'ytInitialData');
  if (textAt(page, 'currentVideoEndpoint', 'watchEndpoint', 'videoId') !== id) return null;
  const items = listAt(page, 'engagementPanels').flatMap((panel) => listAt(panel, ...PANEL));
  const sections = items.flatMap((item) => sectionIn(item, url));
  const badges = listAt(page, ...RESULTS).flatMap((part) => listAt(part, 'videoPrimaryInfoRenderer', 'badges'));
  return judge(sections, badges.some(isAiBadge), 'page data');
}

export const youtube: SiteReader = (scene) => {
  const { url, video } = scene;
  const id = idIn(url);
  if (id === null || video.closest(PLAYER) === null || video.closest(OTHER_PLAYER) !== null) return null;
  return inDocument(scene, id) ?? inData(scene, id);
};
