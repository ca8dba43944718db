/** What was found of a file is kept while its page is open, and no longer. */
import { describe, expect, test } from 'vitest';
import type { Label } from '../../src/contract/label';
import type { Tab } from '../../src/cli/drive/driver';
import { BROWSERS } from './support/launch';
import type { Assay } from './support/launch';
import { page, video } from './support/pages';
import { isEngines } from './support/server';
import type { TestServer } from './support/server';
import { onStage } from './support/stage';

describe.each(BROWSERS)('%s', (name) => {
  let assay: Assay;
  let web: TestServer;
  onStage(name, async (stage) => {
    ({ assay, web } = stage);
    await assay.setSettings({ estimate: false, marks: false });
  });

  /** How often the engine asked for all of a file. */
  const wholes = (): number =>
    web.seen().filter((s) => s.path.startsWith('/fault/') && isEngines(s) && s.headers.range === undefined).length;
  const credentials = async (tab: Tab): Promise<Label['credentials'][]> =>
    ((await assay.labelsOf(tab)) as Label[]).map((label) => label.credentials);
  /** A new element for the same address, as feeds make them. */
  const again = (tab: Tab): Promise<unknown> =>
    tab.evaluate(`(() => {
      const old = document.querySelector('video');
      const fresh = old.cloneNode();
      old.replaceWith(fresh);
    })()`);

  test.each([
    ['ai-signed.mp4', { state: 'unrecognised', says: 'ai-generated' }],
    ['tampered.mp4', { state: 'changed', says: 'nothing' }],
  ])('%s: read once for two videos, and anew for a new page', async (file, expected) => {
    web.forget();
    const path = web.page(`/${file}`, page(video(web.fault('versioned', file))));
    const tab = await assay.open(web.url(path));
    const [first] = await credentials(tab);
    expect(first).toMatchObject(expected);
    expect(wholes()).toBe(1);
    await again(tab);
    await expect.poll(async () => (await credentials(tab))[0], { timeout: 20_000 }).toEqual(first);
    expect(wholes()).toBe(1);
    await tab.goto(web.url(path));
    expect((await credentials(tab))[0]).toMatchObject(expected);
    expect(wholes()).toBe(2);
    await tab.close();
  });
});
