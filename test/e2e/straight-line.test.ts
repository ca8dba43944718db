/** A signed AI video wherever a page can put it: five badges with the right words, in both browsers. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Tab } from '../../src/cli/drive/driver';
import type { Label } from '../../src/contract/label';
import { streamParts, table } from './support/fixtures';
import { BROWSERS } from './support/launch';
import type { Assay } from './support/launch';
import { closedRoot, mse, page, swapped, video } from './support/pages';
import type { TestServer } from './support/server';
import { LOOPED, onceAnswered } from './support/looped';
import { onStage } from './support/stage';
import { badges } from './support/surfaces';

const SIGNED = 'Unverified signer says: AI-generated';

describe.each(BROWSERS)('%s', (name) => {
  let assay: Assay;
  let web: TestServer;
  onStage(name, (stage) => void ({ assay, web } = stage), { log: true }, { marks: true });

  test('plain, closed root, cross-origin frame, swapped in, and a stream', async () => {
    web.page('/frame', page(video(web.media('ai-signed.mp4', 'cdn.test'))));
    const path = web.page(
      '/five',
      page(
        [
          video('/media/ai-signed.mp4'),
          closedRoot('/media/ai-signed.mp4?closed'),
          `<iframe src="${web.url('/frame', 'cdn.test')}" width="450" height="260"></iframe>`,
          swapped('/media/unsigned.mp4', '/media/ai-signed.mp4?swapped'),
          mse(
            streamParts().map((part) => web.media(part)),
            table.stream.mime,
          ),
        ].join('\n'),
      ),
    );
    const tab = await assay.open(web.url(path));
    await tab.setViewport(1000, 900);
    const labels = (await assay.labelsOf(tab, 30_000)) as Label[];
    mkdirSync('.cache/screenshots', { recursive: true });
    writeFileSync(`.cache/screenshots/five-${name}.png`, await tab.screenshot());
    const words = labels.map((l) => l.headline.provenance).sort();
    expect(words).toEqual(['Stream, no credentials', SIGNED, SIGNED, SIGNED, SIGNED]);
    expect(labels.map((l) => l.subject.frame).filter((frame) => frame !== null)).toHaveLength(1);
    await tab.close();
  });

  test('B1: large blobs of a page arrive whole at the verifier', async () => {
    const path = web.page('/big', page('<video id="v" controls muted></video>'));
    const tab = await assay.open(web.url(path));
    for (const megabytes of [1, 63, 70]) {
      // A box that the signature leaves out makes the file large; every byte of it still has to arrive.
      const size = await tab.evaluate<number>(
        `async (url, free) => {
          const file = await (await fetch(url)).blob();
          const box = new Uint8Array(free);
          new DataView(box.buffer).setUint32(0, free);
          box.set([102, 114, 101, 101], 4);
          const blob = new Blob([file, box], { type: 'video/mp4' });
          v.src = URL.createObjectURL(blob);
          return blob.size;
        }`,
        web.media('ai-signed.mp4'),
        megabytes * 1_000_000,
      );
      await tab.waitFor('v.readyState > 0', { timeoutMs: 30_000 });
      const [label] = (await assay.labelsOf(tab)) as Label[];
      expect(label?.credentials).toMatchObject({ state: 'unrecognised', says: 'ai-generated' });
      expect(label?.credentials.coverage).toMatchObject({ bytes_read: size, bytes_total: size });
    }
    await tab.close();
  });

  describe('A4: an address that the page takes back', () => {
    const blob = `const url = URL.createObjectURL(await (await fetch('/media/ai-signed.mp4')).blob());`;
    const shows = async (tab: Tab, words: string): Promise<void> => {
      await expect.poll(() => badges(tab), { timeout: 20_000 }).toEqual([words]);
    };

    /** A page where Assay is at work, as it is when a file is chosen. */
    const opened = async (): Promise<Tab> => {
      const body = video('/media/unsigned.mp4', 'id="v" controls muted autoplay');
      const tab = await assay.open(web.url(web.page('/back', page(body))));
      await shows(tab, 'No credentials');
      return tab;
    };

    test('its bytes are read', async () => {
      const tab = await opened();
      for (const moment of ['loadeddata', 'loadedmetadata', 'loadstart']) {
        await tab.evaluate(`(async () => {
          ${blob}
          v.on${moment} = () => { URL.revokeObjectURL(url); };
          v.src = url;
          return true;
        })()`);
        await tab.waitFor('v.readyState > 0');
        await shows(tab, SIGNED);
        await tab.evaluate(`v.src = '/media/unsigned.mp4'`);
        await shows(tab, 'No credentials');
      }
      await tab.close();
    });

    test('before it stands in the page: the reason is told, and the picture is looked at', async () => {
      const tab = await opened();
      await tab.evaluate(`(async () => {
        ${blob}
        const v = document.createElement('video');
        for (const name of ${JSON.stringify(LOOPED.split(' '))}) v.toggleAttribute(name, true);
        v.onloadeddata = () => {
          URL.revokeObjectURL(url);
          setTimeout(() => document.querySelector('#v').replaceWith(v));
        };
        v.src = url;
        return true;
      })()`);
      await tab.waitFor('document.querySelector("video[loop]") !== null');
      const label = await onceAnswered(assay, tab);
      expect(label?.credentials).toMatchObject({ state: 'unreachable', reason: 'blob-gone' });
      await tab.close();
    });
  });

  test('pages, files and both browsers agree on every fixture that a page can play', async () => {
    for (const { file, expected } of table.cases) {
      const label = (await assay.labelUrl(web.media(file), file)) as Label;
      const { state, reason, says, claims, issuer, list } = label.credentials;
      const disclosures = label.disclosures.map((d) => ({ kind: d.kind, says: d.says }));
      expect({ file, state, reason, says, claims, issuer, list, disclosures }).toEqual({ file, ...expected });
    }
  });

  test('B2: no request beyond the media of the pages and files, also for a file with a remote manifest', async () => {
    const urls = (await assay.browser.requests()).map((r) => new URL(r.url));
    const outside = urls.filter((u) => /^https?:$/.test(u.protocol) && !u.hostname.endsWith('.test'));
    expect(outside.map(String)).toEqual([]);
    const seen = web.seen().map((s) => s.path.replace(/\?.*/, ''));
    const known = /^\/(media\/|five$|frame$|big$|back$|favicon\.ico$)/;
    expect(seen.filter((path) => !known.test(path))).toEqual([]);
  });
});
