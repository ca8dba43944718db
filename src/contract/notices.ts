/**
 * The sites whose own AI notices are read, and what such a notice is on its way from the page to the label.
 * A new site is one entry here and one reader in `src/page/sites/`.
 */
import type { DisclosureSays } from './label';

const NAMES = ['YouTube', 'TikTok', 'Instagram', 'Facebook', 'X', 'Bilibili', 'Douyin', 'Kuaishou', 'Hongguo'] as const;
export type NoticeSite = Lowercase<(typeof NAMES)[number]>;
export const noticeSites = NAMES.map((name) => name.toLowerCase() as NoticeSite);

/** Those that are not the name with `.com`. Hosts are meant with all hosts below them. */
const OTHER_HOSTS: Partial<Record<NoticeSite, string[]>> = {
  x: ['x.com', 'twitter.com'],
  hongguo: ['hongguoduanju.com'],
};
const hostsOf = (site: NoticeSite): string[] => OTHER_HOSTS[site] ?? [`${site}.com`];

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
  noticeSites.find((site) => hostsOf(site).some((known) => `.${host}`.endsWith(`.${known}`))) ?? null;

/** The site that a frame's address belongs to. */
export function noticeSiteAt(url: string | null): NoticeSite | null {
  return url !== null && URL.canParse(url) ? noticeSiteOf(new URL(url).hostname) : null;
}

/** Where a disclosure by a page was found, as labels have it. */
export const noticePlace = ({ site, where }: PageNotice): string => `${site}/${where}`;

/** The name of the site in such a place; null when it is none. */
export const siteNameIn = (where: string): string | null =>
  NAMES.find((name) => where.startsWith(`${name.toLowerCase()}/`)) ?? null;
