/** What is picked of a page's own data, where a site says it there alone; runs in the page's own world. */
import { noticeSiteAt } from '../../contract/notices';
import type { NoticeSite } from '../../contract/notices';

/** Which properties to take: `true` a text, number or flag; `*` stands for each item of a list. */
export type Pick = true | { [key: string]: Pick };

const SECTION: Pick = {
  bodyHeader: { content: true },
  bodyText: {
    content: true,
    commandRuns: { '*': { onTap: { innertubeCommand: { urlEndpoint: { url: true } } } } },
  },
};

const PICKS: Partial<Record<NoticeSite, Pick>> = {
  youtube: {
    ytInitialData: {
      currentVideoEndpoint: { watchEndpoint: { videoId: true } },
      engagementPanels: {
        '*': {
          engagementPanelSectionListRenderer: {
            content: {
              structuredDescriptionContentRenderer: { items: { '*': { howThisWasMadeSectionViewModel: SECTION } } },
            },
          },
        },
      },
      contents: {
        twoColumnWatchNextResults: {
          results: {
            results: {
              contents: {
                '*': {
                  videoPrimaryInfoRenderer: {
                    badges: { '*': { metadataBadgeRenderer: { style: true, icon: { iconType: true } } } },
                  },
                },
              },
            },
          },
        },
      },
    },
  },
  bilibili: { __INITIAL_STATE__: { videoData: { bvid: true, argue_info: { argue_msg: true } } } },
};

/** What to pick of a frame's page, by its address; null where nothing is. */
export function pagePick(url: string | null): Pick | null {
  const site = noticeSiteAt(url);
  return (site === null ? undefined : PICKS[site]) ?? null;
}

/** Pages that are about one video; only of these is data worth asking for. */
const ABOUT_ONE = /^\/(?:watch|shorts|live|video)\b/;

export const hasPageData = (url: string): boolean => pagePick(url) !== null && ABOUT_ONE.test(new URL(url).pathname);

/**
 * Picks data of the page it runs in. It travels there as text: it may use nothing outside of itself. Getters are
 * not called, lists and texts are cut, and what is huge or deep beside the picked path is not touched.
 * @returns JSON, or null when there is nothing
 */
export function readPageData(pick: Pick): string | null {
  const MAX_ITEMS = 60;
  const MAX_TEXT = 500;
  const MAX_NODES = 2_000;
  let nodes = 0;

  const own = (holder: object, key: string | number): unknown =>
    Object.getOwnPropertyDescriptor(holder, key)?.value as unknown;

  const leaf = (value: unknown): unknown => {
    if (typeof value === 'string') return value.slice(0, MAX_TEXT);
    return typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
  };

  const items = (list: object, inner: Pick): unknown[] => {
    const length = own(list, 'length');
    const count = Array.isArray(list) && typeof length === 'number' ? Math.min(length, MAX_ITEMS) : 0;
    return Array.from({ length: count }, (_, i) => take(own(list, i), inner) ?? null);
  };

  const take = (value: unknown, wanted: Pick): unknown => {
    if (wanted === true) return leaf(value);
    if (typeof value !== 'object' || value === null || nodes++ > MAX_NODES) return undefined;
    const each = wanted['*'];
    if (each !== undefined) return items(value, each);
    const taken = Object.create(null) as Record<string, unknown>;
    for (const key of Object.keys(wanted)) taken[key] = take(own(value, key), wanted[key] as Pick);
    return taken;
  };

  try {
    return JSON.stringify(take(globalThis, pick)) ?? null;
  } catch {
    return null; // a page that makes its own data throw has nothing to say
  }
}
