/** The panel's history of a signed edit: its tree, its pictures, the manifest as it is; looks in three ways. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Tab } from '../../src/cli/drive/driver';
import { BROWSERS } from './support/launch';
import type { Assay } from './support/launch';
import { page, video } from './support/pages';
import type { TestServer } from './support/server';
import { HOST, openPanel, untilInPanel } from './support/surfaces';
import { onStage } from './support/stage';

const OPEN = `(root) => {
  for (const id of ['history', 'raw']) root.querySelector('.panel #' + id).open = true;
  root.querySelector('#history').scrollIntoView();
}`;
const FACTS = `(root) => {
  const tree = root.querySelector('#history > ul');
  const texts = (selector) => [...tree.querySelectorAll(selector)].map((e) => e.textContent);
  return {
    titles: texts('li > p:first-of-type bdi'),
    actions: texts('.actions li'),
    levels: tree.querySelectorAll('.history').length,
    pictures: [...tree.querySelectorAll('canvas')].filter((c) => c.checkVisibility()).length,
    raw: root.querySelector('#raw-text').textContent,
    wide: root.querySelector('.body').scrollWidth - root.querySelector('.body').clientWidth,
  };
}`;

const HOSTILE = resolve('../shared/fixtures/c2pa/made/hostile-strings.mp4');
if (!existsSync(HOSTILE)) console.warn(`SKIPPED: ${HOSTILE} is not there; a history of hostile strings was not shown.`);

describe.each(BROWSERS)('%s', (name) => {
  let assay: Assay;
  let web: TestServer;
  onStage(name, (stage) => void ({ assay, web } = stage));

  const shoot = async (tab: Tab, look: string): Promise<void> => {
    mkdirSync('.cache/screenshots', { recursive: true });
    writeFileSync(`.cache/screenshots/history-${look}-${name}.png`, await tab.screenshot());
  };

  test('a tree with pictures, and the manifest one click away, also under a strict policy', async () => {
    const policy = { 'content-security-policy': "default-src 'none'; media-src *; style-src 'unsafe-inline'" };
    const path = web.page('/history', page(video('/media/history.mp4')), policy);
    const tab = await assay.open(web.url(path));
    await tab.setViewport(900, 900);
    await assay.labelsOf(tab);
    await openPanel(tab);
    await tab.inShadow(HOST, OPEN);
    await untilInPanel(tab, `(root) => root.querySelectorAll('#history canvas:not([hidden])').length === 3`);
    await untilInPanel(tab, `(root) => root.querySelector('#raw-text').textContent.includes('active_manifest')`);
    const facts = await tab.inShadow<Record<string, unknown>>(HOST, FACTS);
    expect(facts).toMatchObject({
      titles: ['Holiday.mp4', 'Beach.mp4', 'Spiral.mp4'],
      levels: 1,
      pictures: 3,
      wide: 0,
      actions: [
        'opened',
        'put into it',
        expect.stringMatching(/^edited · .*2025/) as string,
        'created · recorded by a camera',
        'created · AI-generated',
      ],
    });
    expect(facts['raw']).toContain('c2pa.actions.v2');
    await shoot(tab, 'wide');
    await tab.setViewport(900, 900, { dark: true });
    await shoot(tab, 'dark');
    await tab.press('Escape');
    await tab.setViewport(340, 700);
    await openPanel(tab);
    await tab.inShadow(HOST, OPEN);
    expect(await tab.inShadow<Record<string, unknown>>(HOST, FACTS)).toMatchObject({ wide: 0, pictures: 3 });
    await shoot(tab, 'narrow');
    await tab.close();
  });

  test.runIf(existsSync(HOSTILE))('names with markup and controls of direction are text', async () => {
    const tab = await assay.open(web.url(web.page('/hostile', page(video(web.media(HOSTILE))))));
    await tab.setViewport(900, 900);
    await assay.labelsOf(tab);
    await openPanel(tab);
    await untilInPanel(tab, `(root) => root.querySelector('#history') !== null`);
    await tab.inShadow(HOST, OPEN);
    const facts = await tab.inShadow(
      HOST,
      `(root) => {
        const body = root.querySelector('.panel .body');
        const marked = [...body.querySelectorAll('*')].filter((e) => e.children.length === 0 && e.textContent.includes('<img'));
        return {
          foreign: root.querySelectorAll('img, script, iframe, a[href^="javascript:"], [onerror]').length,
          named: marked.length > 0,
          apart: marked.every((e) => e.closest('bdi, pre, [dir]') !== null),
          wide: body.scrollWidth - body.clientWidth,
        };
      }`,
    );
    expect(facts).toEqual({ foreign: 0, named: true, apart: true, wide: 0 });
    await tab.close();
  });
});
