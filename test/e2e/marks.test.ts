/** A mark in the picture, from the page to the badge, the panel and the command line's row: everywhere the same. */
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Label } from '../../src/contract/label';
import { cli, lines } from './support/cli';
import { BROWSERS, launchAssay } from './support/launch';
import type { Assay } from './support/launch';
import { page, video } from './support/pages';
import { startTestServer } from './support/server';
import type { TestServer } from './support/server';
import { badges, openPanel, untilInPanel } from './support/surfaces';

/** Whether the box around the mark is drawn into a crop: points of the colour of its line. */
const FRAMED = `(canvas) => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let points = 0;
  for (let i = 0; i < data.length; i += 4)
    if (Math.abs(data[i] - 255) < 40 && Math.abs(data[i + 1] - 209) < 40 && Math.abs(data[i + 2] - 102) < 60) points++;
  return points > 40;
}`;

type MarkBox = NonNullable<Label['disclosures'][number]['mark']>['box'];

/** Whether the middle of each box lies within the other, and their sides differ by less than a third. */
function areSamePlace(a: MarkBox | undefined, b: MarkBox | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return [0, 1].every((axis) => {
    const [start, length] = [a[axis] ?? 0, a[axis + 2] ?? 0];
    const [otherStart, otherLength] = [b[axis] ?? 0, b[axis + 2] ?? 0];
    const apart = Math.abs(start + length / 2 - otherStart - otherLength / 2);
    const [shorter, longer] = [Math.min(length, otherLength), Math.max(length, otherLength)];
    return apart < shorter / 2 && longer < shorter * (4 / 3);
  });
}

const SAYS = { kind: 'visible-mark', says: 'ai-generated', value: 'Sora mark', by: 'picture' };

describe.each(BROWSERS)('%s', (name) => {
  let assay: Assay;
  let web: TestServer;
  beforeAll(async () => {
    web = await startTestServer({ https: true });
    assay = await launchAssay(name);
  });
  afterAll(async () => {
    await assay.close();
    await web.close();
  });
  afterEach(async () => {
    await assay.setSettings({ marks: true, estimate: true });
  });

  /** Plays a video in a page, and waits for what its label says. */
  const played = async (
    file: string,
    isRight: (label: Label) => boolean,
    host: 'site.test' | 'cdn.test' = 'site.test',
  ) => {
    const path = web.page(`/marks-${file}-${host}`, page(video(web.media(file, host), 'controls muted autoplay loop')));
    const tab = await assay.open(web.url(path));
    const label = await vi.waitUntil(
      async () => (await assay.labelsOf(tab)).find((l): l is Label => 'verdict' in l && isRight(l)),
      { timeout: 90_000, interval: 500 },
    );
    return { tab, label };
  };
  const hasMark = ({ disclosures }: Label): boolean => disclosures.some(({ kind }) => kind === 'visible-mark');
  const isJudged = ({ estimate }: Label): boolean => estimate.reason !== 'still-looking';

  test('badge, panel and the command line’s row agree on a marked video', async () => {
    const { tab, label } = await played('marked.mp4', hasMark);
    expect(label).toMatchObject({ verdict: 'declared-ai', conflict: false, disclosures: [SAYS] });
    expect(label.headline.provenance).toBe('Picture shows: Sora mark');
    await vi.waitUntil(async () => (await badges(tab))[0] === label.headline.provenance, { timeout: 20_000 });
    await openPanel(tab);
    await untilInPanel(
      tab,
      `(root) => { const crop = root.querySelector('canvas.crop');
      return crop !== null && !crop.hidden && crop.width > 40 && crop.checkVisibility() && (${FRAMED})(crop); }`,
    );
    // One of the two notes, and once: they say the same.
    await untilInPanel(
      tab,
      `(root) => (root.querySelector('.panel').textContent.match(/Anyone can/g) ?? []).length === 1`,
    );
    await tab.close();

    const ran = await cli('--json', '--headless', '--browser', name, 'test/fixtures/media/marked.mp4');
    expect(ran).toMatchObject({ code: 0 });
    const [row] = lines(ran) as Label[];
    expect(row).toMatchObject({ verdict: label.verdict, conflict: false, disclosures: [SAYS] });
    expect(row?.headline.provenance).toBe(label.headline.provenance);
    const [inPage, inRow] = [label, row].map((each) => each?.disclosures[0]?.mark);
    expect(inRow).toMatchObject({ id: inPage?.id, name: inPage?.name, owner: inPage?.owner, text: inPage?.text });
    // The page's pictures are of other moments than the row's.
    expect(areSamePlace(inPage?.box, inRow?.box), JSON.stringify([inPage?.box, inRow?.box])).toBe(true);
  });

  test('a video whose pixels the page may not read is read by the engine', async () => {
    const { tab, label } = await played('marked.mp4', hasMark, 'cdn.test');
    expect(label.disclosures).toMatchObject([SAYS]);
    await tab.close();
  });

  test('without the estimate, marks are read all the same, in pages and in files', async () => {
    await assay.setSettings({ estimate: false });
    const { tab, label } = await played('marked.mp4', hasMark);
    expect(label.estimate.reason).toBe('switched-off');
    await tab.close();
    const file = (await assay.labelUrl(web.media('marked.mp4'), 'marked.mp4')) as Label;
    expect(file).toMatchObject({ disclosures: [SAYS], estimate: { reason: 'switched-off' } });
  });

  test('switched off, nothing of it runs', async () => {
    await assay.setSettings({ marks: false });
    const { tab, label } = await played('marked.mp4', isJudged);
    expect(label.disclosures).toEqual([]);
    await tab.close();
    const file = (await assay.labelUrl(web.media('marked.mp4'), 'marked.mp4')) as Label;
    expect(file.disclosures).toEqual([]);
  });

  test('a mark that only its sign tells from a caption is found in pages and in files', async () => {
    const { tab, label } = await played('signed-mark.mp4', hasMark);
    expect(label.disclosures).toMatchObject([SAYS]);
    await tab.close();
    const file = (await assay.labelUrl(web.media('signed-mark.mp4'), 'signed-mark.mp4')) as Label;
    expect(file.disclosures).toMatchObject([SAYS]);
    const [[x = 0, y = 0] = []] = file.disclosures.map(({ mark }) => mark?.box ?? []);
    expect(Math.abs(x * 426 - 52)).toBeLessThan(5);
    expect(Math.abs(y * 240 - 143)).toBeLessThan(5);
  });

  test('a subtitle that names generators is no mark', async () => {
    const { tab, label } = await played('subtitled.mp4', isJudged);
    expect(label.disclosures).toEqual([]);
    await tab.close();
    const file = (await assay.labelUrl(web.media('subtitled.mp4'), 'subtitled.mp4')) as Label;
    expect(file.disclosures).toEqual([]);
  });
});
