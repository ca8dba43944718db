/** What a page hands over as its site's notice: how it becomes part of a label, and what is thrown away. */
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Credentials, Subject } from '../../src/contract/label';
import { cannotTell, emptyCredentials } from '../../src/contract/lanes';
import type { PageNotice } from '../../src/contract/notices';
import { disclosureOf } from '../../src/engine/notice';
import { label } from '../../src/label/label';

const subject: Subject = {
  kind: 'page-video',
  input: null,
  page: 'https://www.youtube.com/watch?v=dQmadeByAI1',
  frame: null,
  media: 'blob:https://www.youtube.com/1',
  index: 0,
  width: 640,
  height: 360,
  duration_s: 4,
};
const notice: PageNotice = { site: 'youtube', says: 'ai-used', value: 'Made with AI', where: 'description' };

const labelOf = (credentials: Partial<Credentials>, given: unknown) =>
  label({
    subject,
    credentials: { ...emptyCredentials('streamed'), ...credentials },
    disclosures: disclosureOf(given, subject),
    estimate: cannotTell('still-looking'),
    engine: { browser: 'chromium 156', extension: '0.1.0' },
    timing_ms: { credentials: null, estimate: null },
  });

describe('a notice in the label', () => {
  test('leads where nothing is signed, with the name of the site; no more than declared', () => {
    const { headline, verdict, disclosures } = labelOf({}, notice);
    expect(headline.provenance).toBe('YouTube says: made with AI');
    expect(verdict).toBe('declared-ai');
    expect(disclosures).toEqual([
      { kind: 'page-label', by: 'page', says: 'ai-used', value: 'Made with AI', where: 'youtube/description' },
    ]);
  });

  test('meets a camera that signed: a conflict, decided by neither', () => {
    const made = labelOf({ state: 'trusted', says: 'captured', issuer: 'Leica' }, notice);
    expect(made).toMatchObject({ conflict: true, verdict: 'captured' });
    expect(made.headline.provenance).toBe('Signed: camera (Leica)');
    expect(made.disclosures).toHaveLength(1);
  });

  test('that only suspects gives no verdict and no headline', () => {
    const made = labelOf({}, { ...notice, says: 'possibly-ai' });
    expect(made).toMatchObject({ verdict: 'unknown', conflict: false });
    expect(made.headline.provenance).toBe('Stream, no credentials');
    expect(made.disclosures).toHaveLength(1);
  });
});

describe('a hostile frame', () => {
  const strange: unknown[] = [
    undefined,
    null,
    'text',
    7,
    [],
    [notice],
    {},
    { ...notice, site: 'netflix' },
    { ...notice, site: '__proto__' },
    { ...notice, site: 'constructor' },
    { ...notice, site: ['youtube'] },
    { ...notice, says: 'captured' },
    { ...notice, says: 'made-without-ai' },
    { ...notice, says: 'nothing' },
    { ...notice, value: 'x'.repeat(201) },
    { ...notice, value: { toString: () => 'Made with AI' } },
    { ...notice, where: '../x' },
    { ...notice, where: '' },
    { ...notice, where: 'x'.repeat(41) },
    Object.create(notice, { site: { value: 7 } }),
  ];
  test.each(strange.map((given) => [given]))('%j is nothing', (given) => {
    expect(disclosureOf(given, subject)).toEqual([]);
  });

  test('what is beside the known fields is left out', () => {
    const [made] = disclosureOf({ ...notice, by: 'file', kind: 'aigc-label' }, subject);
    expect(made).toMatchObject({ kind: 'page-label', by: 'page' });
  });

  test.each([
    ['https://site.test/', null],
    ['https://www.youtube.com/', 'https://ads.test/'],
    [null, null],
    [null, 'about:blank'],
    ['https://www.tiktok.com/', null],
  ])('a site speaks on its own pages alone: page %s, frame %s', (page, frame) => {
    expect(disclosureOf(notice, { ...subject, page, frame })).toEqual([]);
  });
});

describe('when a reader last found something', () => {
  const stored = new Map<string, unknown>();
  const writes: unknown[] = [];
  vi.doMock('../../src/platform/api', () => ({
    api: {
      storage: {
        local: {
          get: (keys: string[]) =>
            Promise.resolve(Object.fromEntries(keys.filter((k) => stored.has(k)).map((k) => [k, stored.get(k)]))),
          set: (values: Record<string, unknown>) => {
            writes.push(values);
            for (const [key, value] of Object.entries(values)) stored.set(key, value);
            return Promise.resolve();
          },
          remove: (keys: string[] | string) => {
            for (const key of [keys].flat()) stored.delete(key);
            return Promise.resolve();
          },
        },
      },
    },
  }));
  const readers = import('../../src/platform/site-readers');

  beforeEach(() => {
    stored.clear();
    writes.length = 0;
  });

  test('the day and the site are kept, once a day, and can be forgotten', async () => {
    const { noteFired, readReader, forgetFired } = await readers;
    const frameUrl = 'https://www.youtube.com/watch?v=dQmadeByAI1';
    await noteFired({ frameUrl, isPrivate: false });
    await noteFired({ frameUrl, isPrivate: false });
    expect(writes).toEqual([{ 'reader-fired:youtube': new Date().toISOString().slice(0, 10) }]);
    await forgetFired();
    expect(await readReader('youtube')).toEqual({ on: true, fired: null });
  });

  test('nothing is kept of private windows and other sites', async () => {
    const { noteFired } = await readers;
    await noteFired({ frameUrl: 'https://www.youtube.com/', isPrivate: true });
    await noteFired({ frameUrl: 'https://site.test/', isPrivate: false });
    await noteFired({ frameUrl: null, isPrivate: false });
    expect(writes).toEqual([]);
  });

  test('off is kept, on is the rule', async () => {
    const { readReader, switchReader } = await readers;
    await switchReader('x', false);
    expect((await readReader('x')).on).toBe(false);
    await switchReader('x', true);
    expect([...stored.keys()]).toEqual([]);
  });
});
