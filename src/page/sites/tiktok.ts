/** TikTok: a tag in the item, or a type in the page's data. `IsAigc` there says no even of labelled videos. */
import { at, ofScript, parse, textAt } from './json';
import { quote } from './reader';
import type { Finding, Scene, SiteReader } from './reader';

const TAG = '[data-e2e="aigc-tag"]';
const ITEM = 'article, [data-e2e="recommend-list-item-container"], [data-e2e="feed-video"]';
const DATA = 'script#__UNIVERSAL_DATA_FOR_REHYDRATION__';
const TYPES = ['aigcLabelType', 'moderationAigcLabelType'];

/** The player's wrapper carries the id of what it plays. */
const idOfPlayer = (video: Element): string | null =>
  /^xgwrapper-\d+-(\d+)$/.exec(video.closest('[id^="xgwrapper-"]')?.id ?? '')?.[1] ?? null;

const idIn = ({ pathname }: URL): string | null => /^\/@[^/]+\/video\/(\d+)/.exec(pathname)?.[1] ?? null;

/** An item that was filled anew still shows what the last video left behind, until its own link has come. */
function isOf(item: Element, id: string | null): boolean {
  const links = [...item.querySelectorAll('a[href*="/video/"]')].map(
    (link) => /\/video\/(\d+)/.exec(link.getAttribute('href') ?? '')?.[1],
  );
  return id === null || links.length === 0 || links.includes(id);
}

/** Outside of items a tag belongs to the one video of the address. */
function tagOf({ document, video, url }: Scene): Element | null {
  const player = idOfPlayer(video);
  const item = video.closest(ITEM);
  if (item !== null && !isOf(item, player)) return null;
  if (item === null && (idIn(url) === null || (player !== null && player !== idIn(url)))) return null;
  const tags = [...(item ?? document).querySelectorAll(TAG)];
  return tags.find((tag) => tag.closest(ITEM) === item) ?? null;
}

const isSet = (type: unknown): type is string | number =>
  (typeof type === 'string' || typeof type === 'number') && /^[1-9]\d{0,2}$/.test(String(type));

const itemIn = (text: string): unknown =>
  at(parse(text), '__DEFAULT_SCOPE__', 'webapp.video-detail', 'itemInfo', 'itemStruct');

function inData({ document, video, url }: Scene): Finding | null {
  const id = idOfPlayer(video) ?? (document.querySelectorAll('video').length === 1 ? idIn(url) : null);
  if (id === null) return null;
  const script = document.querySelector(DATA);
  const item = script === null ? null : ofScript(script, itemIn);
  if (textAt(item, 'id') !== id) return null;
  for (const name of TYPES) {
    const type = at(item, name);
    if (isSet(type)) return { says: 'ai-generated', value: `${name}=${type}`, where: 'page data' };
  }
  return null;
}

export const tiktok: SiteReader = (scene) => {
  const tag = tagOf(scene);
  if (tag !== null) return { says: 'ai-generated', value: quote(tag.textContent), where: 'tag' };
  return inData(scene);
};
