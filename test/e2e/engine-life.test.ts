/** The engine dies in every way that a browser knows; jobs end in an answer or a reason within 15 s. */
import { describe, expect, test } from 'vitest';
import type { Label } from '../../src/contract/label';
import { BROWSERS } from './support/launch';
import type { Assay } from './support/launch';
import { page, video } from './support/pages';
import type { TestServer } from './support/server';
import { badges } from './support/surfaces';
import { onStage } from './support/stage';

const API = '(globalThis.browser ?? globalThis.chrome)';
const SIGNED = 'Unverified signer says: AI-generated';

describe.each(BROWSERS)('%s', (name) => {
  let assay: Assay;
  let web: TestServer;
  onStage(name, (stage) => void ({ assay, web } = stage));

  const provenance = async (path: string): Promise<string[]> => {
    const tab = await assay.open(web.url(path));
    const labels = (await assay.labelsOf(tab)) as Label[];
    await tab.close();
    return labels.map((l) => l.headline.provenance);
  };

  test('D7: ten videos at once straight after the background was stopped: one engine, all answered', async () => {
    const many = Array.from({ length: 10 }, (_, i) => video(`/media/ai-signed.mp4?${String(i)}`)).join('');
    const path = web.page('/ten', page(`<style>video{width:200px;height:112px}</style>${many}`));
    await assay.browser.stopBackground();
    expect(await provenance(path)).toEqual(Array.from({ length: 10 }, () => SIGNED));
  });

  test('a page that was left and is shown again as it was: what it plays then is labelled, and the toolbar counts it', async () => {
    const say = (path: string, file: string): string => web.page(path, page(video(`/media/${file}`)));
    const [first, second] = [say('/left', 'iptc.mp4'), say('/meanwhile', 'unsigned.mp4')];
    const tab = await assay.open(web.url(first));
    await tab.activate();
    const id = await assay.control.evaluate<number>(
      `(url) => ${API}.tabs.query({}).then((all) => all.find((t) => t.url === url).id)`,
      await tab.url(),
    );
    const counted = (): Promise<string> =>
      assay.control.evaluate<string>(`(tabId) => ${API}.action.getBadgeText({ tabId })`, id);
    const verdicts = (): Promise<string[]> =>
      assay.control.evaluate<string[]>(
        `(key) => ${API}.storage.session.get(key).then((stored) => Object.values(stored[key] ?? {}).flat())`,
        `tab:${String(id)}`,
      );
    const SAYS = ['File says: AI-generated'];
    const [WAIT, open] = [{ timeout: 30_000 }, (url: string) => tab.evaluate(`void (location.href = '${url}')`)];
    await expect.poll(() => badges(tab), WAIT).toEqual(SAYS);
    await expect.poll(counted, WAIT).toBe('1');
    await tab.evaluate('isSame = true');
    await open(second);
    // What the page that was left says counts no more, also where the next one has a video.
    await expect.poll(verdicts, WAIT).toEqual([expect.not.stringContaining('declared')]);
    expect(await counted()).toBe('');
    await tab.evaluate('history.back()');
    await tab.waitFor(`location.pathname === '${first}'`);
    expect(await tab.evaluate('globalThis.isSame')).toBe(true);
    await expect.poll(counted, WAIT).toBe('1');
    await tab.evaluate(`void (document.querySelector('video').src = '/media/ai-signed.mp4')`);
    await expect.poll(() => badges(tab), WAIT).toEqual([SIGNED]);
    await tab.close();
  });

  test('D6: a job that takes longer than an idle background lives', async () => {
    const path = web.page('/slow', page(video(web.fault('slow', 'ai-signed.mp4'))));
    const tab = await assay.open(web.url(path));
    const started = Date.now();
    const [label] = (await assay.labelsOf(tab, 90_000)) as Label[];
    expect(Date.now() - started).toBeGreaterThan(30_000);
    expect(label?.headline.provenance).toBe(SIGNED);
    await tab.close();
  });

  test('D6: a background that is stopped in mid-job', async () => {
    const path = web.page('/stop', page(video('/media/ai-signed.mp4')));
    const tab = await assay.open(web.url(path));
    await assay.browser.stopBackground();
    const [label] = (await assay.labelsOf(tab)) as Label[];
    expect(label?.headline.provenance).toBe(SIGNED);
    await tab.close();
  });

  test('D6: workers killed in mid-job: an answer or a reason within 15 s, and the next job works', async () => {
    await assay.browser.watchWorkers();
    await assay.labelUrl(web.media('ai-signed.mp4'));
    const doomed = assay.labelUrl(web.fault('endless', 'ai-signed.mp4'));
    await expect.poll(() => web.seen().some((s) => s.path.includes('endless')), { timeout: 10_000 }).toBe(true);
    expect(await assay.browser.killWorkers()).toBeGreaterThan(0);
    // Nobody has noticed yet: this job goes to workers that are dead.
    const started = Date.now();
    const next = (await assay.labelUrl(web.media('ai-signed.mp4'))) as Label;
    expect(Date.now() - started).toBeLessThan(15_000);
    expect(next.credentials.state).toBe('unrecognised');
    expect(next.estimate.reason).not.toBe('engine-unavailable');
    expect(((await doomed) as Label).credentials.reason).toBe('timed-out');
  });
});
