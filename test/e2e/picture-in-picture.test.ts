/** A video that plays in a window of its own: what the badge and the popup say goes on being so. */
import { describe, expect, test } from 'vitest';
import type { Label } from '../../src/contract/label';
import { BROWSERS } from './support/launch';
import type { Assay } from './support/launch';
import { closedRoot, page, video } from './support/pages';
import type { TestServer } from './support/server';
import { badges } from './support/surfaces';
import { onStage } from './support/stage';

const BELOW = '<div style="height:3000px"></div>';
const PLAYS = 'controls muted loop preload="auto"';

// Firefox has a window of its own for this, of which no script can tell.
describe.skipIf(!BROWSERS.includes('chromium'))('chromium', () => {
  let assay: Assay;
  let web: TestServer;
  onStage('chromium', (stage) => void ({ assay, web } = stage));

  test.each([
    ['in the page', video('/media/unsigned.mp4', PLAYS), 'document.querySelector("video")'],
    ['in a closed root', closedRoot('/media/unsigned.mp4'), 'inner'],
  ])('%s, scrolled away: it is looked at, and not for ever about to be', async (_, body, element) => {
    const path = web.page('/pip', page(body + BELOW));
    const tab = await assay.browser.openTab(web.url(path));
    await tab.activate();
    await tab.waitFor(`${element}.readyState === 4`);
    await tab.evaluate(`void (${element}.loop = true, ${element}.pause())`);
    await expect.poll(async () => (await badges(tab)).length, { timeout: 20_000 }).toBe(1);
    await tab.click(700, 300); // each request uses up a person's gesture
    await tab.evaluate(`${element}.requestPictureInPicture().then(() => 1)`);
    await tab.evaluate('void scrollTo(0, 2000)');
    await tab.evaluate(`${element}.play().then(() => 1)`);
    const [label] = (await assay.labelsOf(tab)) as [Label];
    expect(label.estimate.reason).not.toBe('still-looking');
    expect(label.estimate.frames[0] + label.estimate.windows.length).toBeGreaterThan(0);
    await tab.evaluate('document.exitPictureInPicture().then(() => 1)');
    await tab.close();
  });
});
