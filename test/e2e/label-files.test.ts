/** The page "Label files": what becomes of files that are chosen or dropped there. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Tab } from '../../src/cli/drive/driver';
import { DEFAULTS } from '../../src/contract/settings';
import { belowOf, giveFiles, rowOf, saysIn } from './support/files-page';
import type { Given } from './support/files-page';
import { BROWSERS } from './support/launch';
import type { Assay } from './support/launch';
import { onStage } from './support/stage';
import type { TestServer } from './support/server';

const SIGNED = 'Unverified signer says: AI-generated';

describe.each(BROWSERS)('%s', (name) => {
  let assay: Assay;
  let web: TestServer;
  let tab: Tab;
  onStage(name, (stage) => void ({ assay, web } = stage));
  beforeEach(async () => {
    tab = await assay.browser.openTab(assay.browser.extensionUrl('label.html'), { window: true });
    await tab.waitFor('document.querySelector("#files") !== null');
  });
  afterEach(async () => {
    await tab.close();
    await assay.setSettings({ limitMb: DEFAULTS.limitMb });
  });

  const given = (file: string, more: Partial<Given> = {}): Given => ({ name: file, from: web.media(file), ...more });
  const settled = (index: number): Promise<void> =>
    tab.waitFor(`${belowOf(index)}.querySelector('pre') !== null && ${rowOf(index)}.textContent.includes('signs')`, {
      timeoutMs: 60_000,
    });
  const shoot = async (look: string): Promise<void> => {
    mkdirSync('.cache/screenshots', { recursive: true });
    writeFileSync(`.cache/screenshots/${look}-${name}.png`, await tab.screenshot());
  };
  const fits = (): Promise<boolean> =>
    tab.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth');

  test('one file: its lanes lie open, it can be played, and its windows lead to their seconds', async () => {
    await tab.setViewport(900, 1200);
    await giveFiles(tab, 'choice', given('history.mp4'));
    await settled(0);
    expect(await tab.evaluate(`${rowOf(0)}.querySelector('h2').textContent`)).toBe('history.mp4');
    expect(await tab.evaluate(`${rowOf(0)}.querySelector('details').open`)).toBe(true);
    const lanes = `[...${belowOf(0)}.querySelectorAll('section')].map((lane) => lane.dataset.lane)`;
    expect(await tab.evaluate(lanes)).toEqual(expect.arrayContaining(['provenance', 'disclosures', 'likelihood']));
    expect(await tab.evaluate(`${belowOf(0)}.querySelector('#history').textContent`)).toContain('Holiday.mp4');
    await tab.waitFor(`${rowOf(0)}.querySelector('video').readyState >= 1`);
    await tab.evaluate(`${rowOf(0)}.querySelector('video').currentTime = 1`);
    await tab.evaluate(`${belowOf(0)}.querySelector('button.window').click()`);
    await tab.waitFor(`${rowOf(0)}.querySelector('video').currentTime < .5`);
    await tab.waitFor(`document.querySelector('[role=status]').textContent.startsWith('history.mp4: ')`);
    await shoot('label-files');
    await tab.setViewport(340, 900, { dark: true });
    expect(await fits()).toBe(true);
    await shoot('label-files-narrow');
  });

  test.each(['choice', 'drop'] as const)('several by %s: a line each, and nothing is played unasked', async (by) => {
    await giveFiles(tab, by, given('ai-signed.mp4'), given('tampered.mp4'), given('text.mp4', { type: 'text/plain' }));
    await tab.waitFor(`${saysIn(0)} === '${SIGNED}' && ${saysIn(1)} === 'Changed after signing'`, {
      timeoutMs: 60_000,
    });
    await tab.waitFor(`${saysIn(2)} === 'No credentials possible here'`);
    expect(await tab.evaluate(`document.querySelectorAll('video, #results details[open]').length`)).toBe(0);
    await tab.evaluate(`${rowOf(2)}.querySelector('summary').click()`);
    // What can't be played is not left standing as an empty player.
    await tab.waitFor(`${rowOf(2)}.querySelector('details').open && document.querySelector('video') === null`);
    expect(await tab.evaluate(`${belowOf(2)}.querySelector('[data-lane=provenance]').textContent`)).toContain(
      'no video',
    );
  });

  test('a file over the limit is read as a whole when that is asked for', async () => {
    await assay.setSettings({ limitMb: 1 });
    await giveFiles(tab, 'choice', given('ai-signed.mp4', { size: 1_200_000 }));
    await tab.waitFor(`${saysIn(0)} === 'Claims: AI-generated (not yet checked)'`, { timeoutMs: 30_000 });
    await tab.waitFor(`${belowOf(0)}.querySelector('#read-all') !== null`);
    await tab.evaluate(`${belowOf(0)}.querySelector('#read-all').click()`);
    await tab.waitFor(`${saysIn(0)} === '${SIGNED}'`, { timeoutMs: 30_000 });
  });
});
