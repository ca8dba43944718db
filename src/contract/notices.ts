/**
 * The sites whose own AI notices are read, and what such a notice is on its way from the page to the label.
 * A new site is one entry here and one reader in `src/page/sites/`.
 */
import type { DisclosureSays } from './label';

/** `hosts` are meant with all hosts below them. */
export const NOTICE_SITES = {
  youtube: { name: 'YouTube', hosts: ['youtube.com'] },
  tiktok: { name: 'TikTok', hosts: ['tiktok.com'] },
  instagram: { name: 'Instagram', hosts: ['instagram.com'] },
  facebook: { name: 'Facebook', hosts: ['facebook.com'] },
  x: { name: 'X', hosts: ['x.com', 'twitter.com'] },
  bilibili: { name: 'Bilibili', hosts: ['bilibili.com'] },
  douyin: { name: 'Douyin', hosts: ['douyin.com'] },
  kuaishou: { name: 'Kuaishou', hosts: ['kuaishou.com'] },
  hongguo: { name: 'Hongguo', hosts: ['hongguoduanju.com'] },
};
export type NoticeSite = keyof typeof NOTICE_SITES;
export const noticeSites = Object.keys(NOTICE_SITES) as NoticeSite[];

/** Where it is stored that the reader of a site is switched off (`true`). */
export const readerOffKey = (site: NoticeSite): string => `reader-off:${site}`;

/** What a site can say of a video by a notice; `possibly-ai`: it only suspects it. */
export type NoticeSays = Extract<DisclosureSays, 'ai-generated' | 'ai-used' | 'possibly-ai'>;

export interface PageNotice {
  site: NoticeSite;
  says: NoticeSays;
  /** The site's own words, or the field and its value. Hostile: render as text only. */
  value: string;
  /** Which place of the page. */
  where: string;
}

/** The site that a host belongs to; null for all others, where nothing is read. */
export const noticeSiteOf = (host: string): NoticeSite | null =>
  noticeSites.find((site) => NOTICE_SITES[site].hosts.some((h) => host === h || host.endsWith(`.${h}`))) ?? null;

/** The site that a frame's address belongs to. */
export function noticeSiteAt(url: string | null): NoticeSite | null {
  return url !== null && URL.canParse(url) ? noticeSiteOf(new URL(url).hostname) : null;
}

/** Where a disclosure by a page was found, as labels have it. */
export const noticePlace = ({ site, where }: PageNotice): string => `${site}/${where}`;

/** The name of the site in such a place; null when it is none. */
export function siteNameIn(where: string): string | null {
  const site = noticeSites.find((name) => where.startsWith(`${name}/`));
  return site === undefined ? null : NOTICE_SITES[site].name;
}
