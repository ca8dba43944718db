/** The organisation's policy: what it sets wins, what is broken in it is left out. */
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { noticeSites } from '../../src/contract/notices';
import { policyFrom } from '../../src/contract/policy';

type Items = Record<string, unknown>;
type Changed = (changes: unknown, area: string) => void;
const local: Items = {};
let managed: () => Promise<Items>;
let writes = 0;
const listeners: Changed[] = [];

vi.mock('../../src/platform/api', () => ({
  api: {
    storage: {
      local: {
        get: (keys: string | string[] | null) => {
          const wanted = keys === null ? Object.keys(local) : [keys].flat();
          return Promise.resolve(Object.fromEntries(wanted.filter((k) => k in local).map((k) => [k, local[k]])));
        },
        set: (items: Items) => {
          writes++;
          return Promise.resolve(Object.assign(local, structuredClone(items)));
        },
      },
      managed: { get: () => managed() },
      onChanged: { addListener: (listener: Changed) => listeners.push(listener) },
    },
  },
}));
const { followPolicy, readPolicy } = await import('../../src/platform/policy');
const { readSettings, readSite, readSites } = await import('../../src/platform/storage');
const { readReader } = await import('../../src/platform/site-readers');
const { ownAnchors } = await import('../../src/platform/anchors');

const schema = JSON.parse(readFileSync('public/managed-schema.json', 'utf8')) as { properties: Items };
const FULL = {
  enabled: false,
  mode: 'chosen',
  estimate: false,
  saver: true,
  corner: 'bottom-left',
  size: 'large',
  language: 'fr',
  marks: false,
  notices: true,
  noticesOff: ['x', 'nowhere.example'],
  sitesOn: ['news.example', 'www.both.example'],
  sitesOff: ['Intranet.example', 'both.example'],
  anchors: ['PEM'],
};
/** What `notices` and `noticesOff` of it come to. */
const READERS = Object.fromEntries(noticeSites.map((site) => [`reader-off:${site}`, site === 'x']));

beforeEach(() => {
  for (const key of Object.keys(local)) Reflect.deleteProperty(local, key);
  listeners.length = 0;
  writes = 0;
});

describe('what a policy says', () => {
  test('all that the schema names is understood, and nothing else', () => {
    expect(Object.keys(FULL).toSorted()).toEqual(Object.keys(schema.properties).toSorted());
    expect(policyFrom({ ...FULL, limitMb: 1, mark: {} })).toEqual({
      stored: {
        enabled: false,
        mode: 'chosen',
        estimate: false,
        saver: true,
        corner: 'bottom-left',
        size: 'large',
        language: 'fr',
        marks: false,
        'site:news.example': 'on',
        'site:both.example': 'off',
        'site:intranet.example': 'off',
        ...READERS,
      },
      anchors: ['PEM'],
    });
  });

  test.each(Object.keys(FULL))('a broken %s takes nothing else with it', (name) => {
    const found = policyFrom({ ...FULL, [name]: { nonsense: true } });
    const without = policyFrom(Object.fromEntries(Object.entries(FULL).filter(([key]) => key !== name)));
    expect(found).toEqual(without);
  });

  test('items that are no texts, or no hosts, are left out', () => {
    expect(policyFrom({ sitesOff: [7, '', 'a b', 'ok.example'], anchors: [null, 'PEM'] })).toEqual({
      stored: { 'site:ok.example': 'off' },
      anchors: ['PEM'],
    });
  });
});

describe('the sites’ own notices', () => {
  const off = (policy: Items): string[] =>
    Object.entries(policyFrom(policy).stored).flatMap(([key, value]) => (value === true ? [key] : []));

  test('all of them, or single ones; the others stay with the user', () => {
    expect(off({ notices: false })).toHaveLength(noticeSites.length);
    expect(off({ notices: false, noticesOff: ['x'] })).toHaveLength(noticeSites.length);
    expect(policyFrom({ noticesOff: ['x', 7, '__proto__'] }).stored).toEqual({ 'reader-off:x': true });
    expect(policyFrom({ notices: 'no', noticesOff: 'x' }).stored).toEqual({});
  });
});

describe('what it sets', () => {
  const follow = async (policy: Items): Promise<void> => {
    managed = () => Promise.resolve(policy);
    followPolicy(() => undefined);
    await vi.waitFor(() => {
      expect(local['policy'] ?? {}).toEqual(policyFrom(policy).stored);
    });
  };

  test('wins over the user, who keeps what was chosen', async () => {
    Object.assign(local, {
      enabled: true,
      limitMb: 7,
      'site:news.example': 'off',
      'site:own.example': 'off',
      'reader-off:tiktok': true,
    });
    await follow(FULL);
    expect(await readSettings()).toMatchObject({
      enabled: false,
      mode: 'chosen',
      estimate: false,
      limitMb: 7,
    });
    expect(await readSite('news.example')).toBe('on');
    expect(await readSite('own.example')).toBe('off');
    expect((await readSites()).get('intranet.example')).toBe('off');
    expect((await readReader('tiktok')).on).toBe(true);
    expect((await readReader('x')).on).toBe(false);
    await follow({});
    expect((await readReader('tiktok')).on).toBe(false);
    expect((await readReader('x')).on).toBe(true);
    expect(await readSettings()).toMatchObject({ enabled: true, mode: 'everywhere', estimate: true });
    expect(await readSite('news.example')).toBe('off');
  });

  test('is written only when it is another', async () => {
    await follow(FULL);
    const before = writes;
    managed = () => Promise.resolve(FULL);
    await new Promise<void>((done) => {
      followPolicy(done);
      for (const listener of listeners.splice(0)) listener({}, 'managed');
    });
    expect(writes).toBe(before);
  });

  test('anchors stand beside the user’s, under a name of their own', async () => {
    Object.assign(local, { 'anchor:aa': 'MINE' });
    managed = () => Promise.resolve({});
    const alone = await ownAnchors();
    managed = () => Promise.resolve(FULL);
    const both = await ownAnchors();
    expect(alone.texts).toEqual(['MINE']);
    expect(both.texts).toEqual(['MINE', 'PEM']);
    expect(both.name).not.toBe(alone.name);
  });

  test('Firefox without a policy rejects: nothing is set', async () => {
    managed = () => Promise.reject(new Error('Managed storage manifest not found'));
    expect(await readPolicy()).toEqual({ stored: {}, anchors: [] });
    expect(await ownAnchors()).toEqual({ name: '', texts: [] });
  });
});
