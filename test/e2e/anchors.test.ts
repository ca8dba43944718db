/** Anchors of the user's own: added in the options they vouch at once, and removed they don't, without a new start. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Label } from '../../src/contract/label';
import type { Tab } from '../../src/cli/drive/driver';
import { BROWSERS } from './support/launch';
import type { Assay } from './support/launch';
import { page, video } from './support/pages';
import type { TestServer } from './support/server';
import { badges } from './support/surfaces';
import { onStage } from './support/stage';

const ROOT = readFileSync('test/fixtures/test-root.pem', 'utf8');
const STRANGER = { state: 'unrecognised', list: null, reason: 'untrusted' };
const OWN = { state: 'trusted-user', list: 'user', reason: null };
const SUBJECT = 'O=Assay Fixture Signer, CN=Assay Fixture Root';
const FINGERPRINT = /[0-9a-f]{64}/;

describe.each(BROWSERS)('%s', (name) => {
  let assay: Assay;
  let web: TestServer;
  let options: Tab;
  onStage(name, async (stage) => {
    ({ assay, web } = stage);
    options = await assay.browser.openTab(assay.browser.extensionUrl('options.html'));
    await options.waitFor('document.querySelector("textarea") !== null');
  });

  const judged = async (file: string): Promise<unknown> => {
    const { state, list, reason } = ((await assay.labelUrl(web.url(`/media/${file}.mp4`))) as Label).credentials;
    return { state, list, reason };
  };
  const said = (words: string): Promise<unknown> =>
    options.waitFor(`(words) => document.querySelector('p[role=status]').textContent.includes(words)`, {
      args: [words],
    });
  const items = (): Promise<string[]> =>
    options.evaluate(`[...document.querySelectorAll('.anchors li')].map((li) => li.textContent)`);
  const paste = (text: string): Promise<unknown> =>
    options.evaluate(
      `(text) => {
        const area = document.querySelector('textarea');
        area.value = text;
        area.closest('div').querySelector('button').click();
      }`,
      text,
    );
  const choose = (text: string): Promise<unknown> =>
    options.evaluate(
      `(text) => {
        const input = document.querySelector('input[type=file]');
        const files = new DataTransfer();
        files.items.add(new File([text], 'root.pem'));
        input.files = files.files;
        input.dispatchEvent(new Event('change'));
      }`,
      text,
    );
  const remove = (): Promise<unknown> => options.evaluate(`document.querySelector('.anchors button').click()`);

  test('a root that is pasted vouches, and no more once it is removed', async () => {
    expect(await judged('ai-signed')).toEqual(STRANGER);
    await paste(ROOT);
    await said(`Added: ${SUBJECT}`);
    await expect.poll(items).toEqual([expect.stringMatching(FINGERPRINT)]);
    expect(await items()).toEqual([expect.stringContaining(SUBJECT)]);
    expect(await judged('ai-signed')).toEqual(OWN);
    expect(await judged('expired-stamped')).toEqual({ ...STRANGER, reason: 'expired' });
    expect(await judged('tampered')).toMatchObject({ state: 'changed' });

    await remove();
    await said(`Removed: ${SUBJECT}`);
    await expect.poll(items).toEqual([]);
    expect(await judged('ai-signed')).toEqual(STRANGER);
  });

  test('a root from a file shows in badges of pages', async () => {
    const tab = await assay.open(web.url(web.page('/own', page(video('/media/ai-signed.mp4')))));
    await expect.poll(() => badges(tab), { timeout: 30_000 }).toEqual(['Unverified signer says: AI-generated']);
    await choose(ROOT);
    await said('Added');
    await tab.goto(await tab.url(), 'load');
    await expect.poll(() => badges(tab), { timeout: 30_000 }).toEqual(['Signed: AI-generated (Assay Fixture Signer)']);
    await options.activate();
    await remove();
    await said('Removed');
    await tab.activate();
    await tab.goto(await tab.url(), 'load');
    await expect.poll(() => badges(tab), { timeout: 30_000 }).toEqual(['Unverified signer says: AI-generated']);
    await tab.close();
  });

  test.each([
    ['an empty field', '', 'No certificate found'],
    ['a web page', '<!doctype html><p>Not found</p>', 'No certificate found'],
    ['a private key', ROOT.replaceAll('CERTIFICATE', ['PRIVATE', 'KEY'].join(' ')), 'private key'],
    ['half a certificate', ROOT.slice(0, 300), 'broken or incomplete'],
  ])('%s: one sentence, and nothing is kept', async (_, text, sentence) => {
    await paste(text);
    await said(sentence);
    expect(await items()).toEqual([]);
  });
});
