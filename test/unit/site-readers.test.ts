/** Each reader on the hand-made pages of its site: the notice, and silence in every trap. */
import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { Window } from 'happy-dom';
import { describe, expect, test } from 'vitest';
import { noticeSiteOf, noticeSites } from '../../src/contract/notices';
import { parse } from '../../src/page/sites/json';
import { pagePick, readPageData } from '../../src/page/sites/page-data';
import type { Pick } from '../../src/page/sites/page-data';
import type { Finding, Scene } from '../../src/page/sites/reader';
import { SITE_READERS } from '../../src/page/sites/readers';
import { htmlOf, sitePages } from './support/site-pages';
import type { SitePage } from './support/site-pages';

function open(page: SitePage): Window {
  const window = new Window({
    url: page.url,
    settings: {
      enableJavaScriptEvaluation: true,
      suppressInsecureJavaScriptEnvironmentWarning: true,
      disableCSSFileLoading: true,
      disableJavaScriptFileLoading: true,
    },
  });
  window.document.write(htmlOf(page));
  return window;
}

/** As in the browser: the function travels as text, and only text comes back. */
function dataOf(window: Window, pick: Pick | null): unknown {
  if (pick === null) return null;
  const run = window.eval(`(${readPageData.toString()})`) as (pick: Pick) => unknown;
  const json = run(pick);
  return typeof json === 'string' && json.length <= 60_000 ? parse(json) : null;
}

function read(window: Window): Finding | null {
  const url = new URL(window.location.href);
  const site = noticeSiteOf(url.hostname);
  if (site === null) return null;
  const document = window.document as unknown as Document;
  const video = document.querySelector('video') as Element;
  return SITE_READERS[site]({ document, url, video, data: dataOf(window, pagePick(url.href)) });
}

describe('the sites’ own notices', () => {
  test.each(sitePages.map((page) => [page.page, page.what, page] as const))('%s: %s', (_page, _what, page) => {
    const window = open(page);
    const start = performance.now();
    expect(read(window)).toEqual(page.notice);
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  test('each page is in the table, and each site has pages on which it speaks and on which it is silent', () => {
    const files = readdirSync('test/fixtures/pages/sites').filter((file) => file.endsWith('.html'));
    expect(sitePages.map(({ page }) => page).sort()).toEqual(files.sort());
    for (const site of noticeSites) {
      const own = sitePages.filter((page) => page.site === site);
      expect([own.some(({ notice }) => notice !== null), own.some(({ notice }) => notice === null)]).toEqual([
        true,
        true,
      ]);
    }
  });

  test('no getter of a page is called', () => {
    const page = sitePages.find(({ page: name }) => name === 'youtube-hostile.html') as SitePage;
    const window = open(page);
    dataOf(window, pagePick(page.url));
    expect(window.eval('called')).toBe(0);
  });

  test.each([
    ['www.youtube.com', 'youtube'],
    ['m.youtube.com', 'youtube'],
    ['x.com', 'x'],
    ['netflix.com', null],
    ['notyoutube.com', null],
    ['youtube.com.evil.test', null],
    ['localhost', null],
    ['', null],
  ] as const)('host %s: %s', (host, site) => {
    expect(noticeSiteOf(host)).toBe(site);
  });
});

describe('data that no site would make', () => {
  const scene = (url: string, inside: string): Omit<Scene, 'data'> => {
    const window = new Window({ url });
    window.document.body.innerHTML = inside;
    const document = window.document as unknown as Document;
    return { document, url: new URL(url), video: document.querySelector('video') as Element };
  };
  const scenes = {
    youtube: scene('https://www.youtube.com/watch?v=dQmadeByAI1', '<div id="movie_player"><video></video></div>'),
    bilibili: scene('https://www.bilibili.com/video/BV1xx411c7mD', '<div id="bilibili-player"><video></video></div>'),
  };

  test.each(['youtube', 'bilibili'] as const)('%s: silence, and no throw', (site) => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.jsonValue({ maxDepth: 3 }), (any, inner) => {
        for (const data of [any, { ytInitialData: inner, __INITIAL_STATE__: { videoData: inner } }]) {
          expect(SITE_READERS[site]({ ...scenes[site], data })).toBeNull();
        }
      }),
      { numRuns: 300 },
    );
  });
});
