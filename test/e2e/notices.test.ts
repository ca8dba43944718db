/**
 * The sites' own notices on hand-made pages under the sites' own host names: what is read, silence in every trap,
 * and no request beyond the pages' own.
 */
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Tab } from '../../src/cli/drive/driver';
import type { Disclosure, Label } from '../../src/contract/label';
import { noticePlace } from '../../src/contract/notices';
import { htmlOf, sitePages } from '../unit/support/site-pages';
import type { SitePage } from '../unit/support/site-pages';
import { BROWSERS } from './support/launch';
import type { Assay } from './support/launch';
import { withHosts } from './support/real-hosts';
import type { Host, TestServer } from './support/server';
import { onStage } from './support/stage';
import { measured } from './support/measure';
import { page } from './support/pages';
import { badges, openPanel, untilInPanel } from './support/surfaces';

const hosts = [...new Set(sitePages.map(({ url }) => new URL(url).hostname))];
/** Frames that fit into one window, beside a last one. */
const TOGETHER = 8;

const named = (name: string): SitePage => sitePages.find(({ page }) => page === `${name}.html`) as SitePage;

const expected = ({ site, notice }: SitePage): Disclosure[] =>
  site === null || notice === null
    ? []
    : [
        {
          kind: 'page-label',
          by: 'page',
          says: notice.says,
          value: notice.value,
          where: noticePlace({ site, ...notice }),
        },
      ];

/** Groups of pages that are looked at together, each in a frame. */
const groups = Array.from({ length: Math.ceil(sitePages.length / TOGETHER) }, (_, i) =>
  sitePages.slice(i * TOGETHER, (i + 1) * TOGETHER),
);

describe.each(BROWSERS)('%s', (name) => {
  let assay: Assay;
  let web: TestServer;
  const open: Tab[] = [];
  onStage(name, (stage) => void ({ assay, web } = stage), { ...withHosts(name, hosts), log: true }, { https: true });

  beforeAll(() => assay.setSettings({ estimate: false }));
  afterEach(async () => {
    await Promise.all(open.splice(0).map((tab) => tab.close()));
  });

  /** Serves a page; its name goes with the address, so that no two have the same. */
  const serve = (page: SitePage, turn = 0): string => {
    const { hostname, pathname, searchParams } = new URL(page.url);
    searchParams.set('case', page.page);
    searchParams.set('turn', String(turn));
    const path = web.page(`${pathname}?${searchParams.toString()}`, htmlOf(page));
    return web.url(path, hostname as Host, true);
  };

  const visit = async (page: SitePage): Promise<Tab> => {
    const tab = await assay.open(serve(page));
    open.push(tab);
    return tab;
  };

  const disclosures = async (tab: Tab): Promise<Disclosure[]> => {
    const [label] = (await assay.labelsOf(tab)) as Label[];
    return label?.disclosures ?? [];
  };
  const until = (tab: Tab, wanted: Disclosure[]): Promise<unknown> =>
    expect.poll(() => disclosures(tab), { timeout: 30_000 }).toEqual(wanted);

  const frame = (page: SitePage, turn = 0): string =>
    `<iframe src="${serve(page, turn).replaceAll('&', '&amp;')}"></iframe>`;

  test.each(groups.map((group) => [group.map(({ page }) => page).join(', '), group] as const))(
    'in frames: %s',
    async (_pages, group) => {
      const path = `/frames-${group[0]?.page ?? ''}`;
      web.page(path, page(group.map((each) => frame(each)).join('\n')));
      const tab = await assay.open(web.url(path, 'site.test', true));
      open.push(tab);
      await tab.setViewport(1350, 900);
      const said = async (): Promise<Record<string, Disclosure[]>> => {
        const labels = (await assay.labelsOf(tab)) as Label[];
        return Object.fromEntries(
          labels.map(({ subject, disclosures: found }) => {
            const { searchParams } = new URL(subject.frame ?? '');
            return [`${searchParams.get('case') ?? 'gone on'} ${searchParams.get('turn') ?? ''}`, found];
          }),
        );
      };
      const wanted = Object.fromEntries(
        group.map((each) => [each.page === 'youtube-stale-data.html' ? 'gone on ' : `${each.page} 0`, expected(each)]),
      );
      await expect.poll(said, { timeout: 60_000 }).toEqual(wanted);

      // One more that speaks: once it has spoken, the silent ones have had their turn.
      const last = named('youtube-ai');
      await tab.evaluate(
        `document.body.append(document.createRange().createContextualFragment(${JSON.stringify(frame(last, 1))}))`,
      );
      await expect.poll(said, { timeout: 60_000 }).toEqual({ ...wanted, [`${last.page} 1`]: expected(last) });
    },
  );

  test('the same page on another host says nothing, and none of its data is read', async () => {
    const tab = await visit(named('elsewhere'));
    expect(await disclosures(tab)).toEqual([]);
    await until(await visit(named('youtube-ai')), expected(named('youtube-ai')));
    expect(await disclosures(tab)).toEqual([]);
  });

  test('a notice that comes late is told, and is taken back when the page goes on to another video', async () => {
    const tab = await visit(named('youtube-stale-section'));
    expect(await disclosures(tab)).toEqual([]);
    const flexy = 'document.querySelector("ytd-watch-flexy")';
    await tab.evaluate(`${flexy}.setAttribute('video-id', 'dQmadeByAI1')`);
    await expect.poll(() => badges(tab), { timeout: 30_000 }).toEqual(['YouTube says: made with AI']);
    await tab.evaluate(`history.pushState(null, '', '/watch?v=otherVideo2')`);
    await tab.evaluate(`document.title = 'Another video'`);
    await until(tab, []);
  });

  test('the panel quotes it, and says that nobody can check it', async () => {
    const tab = await visit(named('youtube-ai'));
    await until(tab, expected(named('youtube-ai')));
    await openPanel(tab);
    const says = (words: string): string =>
      `(root) => root.querySelector('.panel').textContent.includes(${JSON.stringify(words)})`;
    for (const words of ['YouTube says: AI was used', 'Learn more', "The site's own notice; Assay can't check it."])
      await untilInPanel(tab, says(words));
  });

  test('options: the day is shown and can be forgotten; a reader that is off falls silent at once', async () => {
    const tab = await visit(named('x-ai'));
    await until(tab, expected(named('x-ai')));
    const page = await assay.browser.openTab();
    open.push(page);
    await page.goto(assay.browser.extensionUrl('options.html'), 'load');
    const row = `document.querySelector('[data-reader=x]')`;
    await page.waitFor(`${row} !== null && /Last found something/.test(${row}.textContent)`);
    await page.evaluate(
      `[...document.querySelectorAll('button')].find((b) => b.textContent === 'Forget these days').click()`,
    );
    await page.waitFor(`/Has found nothing yet/.test(${row}.textContent)`);
    await page.evaluate(`${row}.querySelector('input').click()`);
    await until(tab, []);
    await page.evaluate(`${row}.querySelector('input').click()`);
    await until(tab, expected(named('x-ai')));
  });

  test.skipIf(name !== 'chromium').each(['youtube-section-alone', 'instagram-none', 'x-quoted'])(
    'A10: a page that never rests: %s costs a small share of the time',
    async (of) => {
      const tab = await visit(named(of));
      expect(await disclosures(tab)).toEqual([]);
      const flood = `new Promise((done) => {
        const home = document.querySelector('article, ytd-watch-flexy') ?? document.body;
        const start = performance.now();
        const more = () => {
          for (let i = 0; i < 50; i++) home.append(Object.assign(document.createElement('span'), { textContent: 'AI ' + i }));
          while (home.childElementCount > 2000) home.lastElementChild.remove();
          if (performance.now() - start < 5000) setTimeout(more, 50);
          else done(home.childElementCount);
        };
        more();
      })`;
      const profile = await tab.profile(flood, assay.browser.extensionUrl('sites.js'));
      measured(name, `A10 ${of}`, { profile });
      expect(profile?.total_ms).toBeGreaterThan(0); // the reader is seen at all
      expect((profile?.total_ms ?? 0) / (profile?.all_ms ?? 1)).toBeLessThan(0.05);
      expect(profile?.longest_ms).toBeLessThan(50);
    },
  );

  test('no request beyond the pages’ own, and no error of ours', async () => {
    const known = new Set([
      ...sitePages.map(({ url }) => new URL(url).pathname),
      ...groups.map((group) => `/frames-${group[0]?.page ?? ''}`),
      '/media/unsigned.mp4',
      '/favicon.ico',
    ]);
    expect(web.seen().filter(({ path }) => !known.has(path.replace(/\?.*/, '')))).toEqual([]);
    const urls = (await assay.browser.requests()).map(({ url }) => new URL(url));
    const outside = urls.filter(
      ({ protocol, hostname }) => /^(https?|wss?):$/.test(protocol) && ![...hosts, 'site.test'].includes(hostname),
    );
    expect(outside.map(String)).toEqual([]);
    // A frame that is closed while it is reading is an error to Firefox.
    expect((await assay.browser.errors()).filter((error) => error.includes('/sites.js'))).toEqual([]);
  });
});
