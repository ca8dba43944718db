/** Signed streams: each segment is verified as it is appended, and the page never notices. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Tab } from '../../src/cli/drive/driver';
import type { Label } from '../../src/contract/label';
import { BROWSERS, launchAssay } from './support/launch';
import type { Assay } from './support/launch';
import { measured } from './support/measure';
import { PLAYERS, playerPage } from './support/players';
import type { Played, PlayerName } from './support/players';
import { startTestServer } from './support/server';
import type { Host, TestServer } from './support/server';

const SHARED = '../shared/fixtures/c2pa';
const present = existsSync(`${SHARED}/made/stream/init.mp4`);
if (!present) console.warn(`SKIPPED: ${SHARED} is not there; signed streams were not tested in the browsers.`);

/** Third segments, and what the stream then is. */
const CASES = {
  'seg-3.m4s': { state: 'unrecognised', says: 'ai-generated', checked: [[0, 2]], changed: [] },
  'seg-3-tampered.m4s': {
    state: 'changed',
    says: 'nothing',
    checked: [
      [0, 1],
      [1.5, 2],
    ],
    changed: [[1, 1.5]],
  },
  'seg-3-unsigned.m4s': {
    state: 'changed',
    says: 'nothing',
    checked: [
      [0, 1],
      [1.5, 2],
    ],
    changed: [[1, 1.5]],
  },
} as const;

const NAMES = ['init.mp4', 'seg-1.m4s', 'seg-2.m4s', 'seg-3.m4s', 'seg-4.m4s', 'stream.m3u8', 'stream.mpd'];

describe.runIf(present).each(BROWSERS)('%s', (name) => {
  let assay: Assay;
  let web: TestServer;
  beforeAll(async () => {
    web = await startTestServer();
    for (const [player, { file }] of Object.entries(PLAYERS)) web.file(`/player/${player}`, file);
    for (const third of Object.keys(CASES)) {
      for (const file of NAMES) {
        web.file(`/${third}/${file}`, resolve(SHARED, 'made/stream', file === 'seg-3.m4s' ? third : file));
      }
    }
    assay = await launchAssay(name, { log: true });
    await assay.setSettings({ estimate: false });
  });
  afterAll(async () => {
    await assay.close();
    await web.close();
  });

  const credentialsOf = async (tab: Tab): Promise<Label['credentials'] | null> => {
    const [label] = await assay.labelsOf(tab);
    return label !== undefined && 'credentials' in label ? label.credentials : null;
  };

  const shown = async (tab: Tab): Promise<unknown> => {
    const found = await credentialsOf(tab);
    if (found === null) return null;
    const { seconds_checked: checked, seconds_changed: changed } = found.coverage;
    return { state: found.state, says: found.says, checked, changed };
  };

  const playThrough = async (tab: Tab): Promise<Played> => {
    await tab.waitFor('log.ended || log.errors.length > 0', { timeoutMs: 60_000 });
    return await tab.evaluate<Played>('log');
  };

  describe.each(Object.keys(PLAYERS) as PlayerName[])('%s', (player) => {
    const pagePath = (third: string, host?: Host): string =>
      web.page(
        `/${player}/${third}/${host ?? ''}`,
        playerPage(player, web.url(`/${third}/${PLAYERS[player].manifest}`, host)),
      );

    test.each(Object.entries(CASES))('%s', async (third, expected) => {
      const tab = await assay.open(web.url(pagePath(third)));
      await expect.poll(() => shown(tab), { timeout: 60_000 }).toEqual(expected);
      await tab.close();
    });

    test('playing goes as it does without Assay', async () => {
      const play = async (enabled: boolean): Promise<Played> => {
        await assay.setSettings({ enabled });
        const tab = await assay.open(web.url(pagePath('seg-3.m4s')));
        const played = await playThrough(tab);
        await tab.close();
        return played;
      };
      const without = await play(false);
      const withAssay = await play(true);
      measured(name, `B6 ${player}`, { without, withAssay });
      expect(withAssay).toEqual(without);
      expect(without).toMatchObject({ errors: [], ended: true });
    });
  });
});
