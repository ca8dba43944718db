/** What is kept, and what forgetting leaves: the personal mark and the organisation's policy. */
import { beforeEach, expect, test, vi } from 'vitest';

const local: Record<string, unknown> = {};
const sent: string[] = [];
vi.mock('../../src/platform/api', () => ({
  api: {
    storage: {
      local: {
        get: () => Promise.resolve({ ...local }),
        remove: (keys: string[]) => {
          for (const key of keys) Reflect.deleteProperty(local, key);
          return Promise.resolve();
        },
      },
    },
  },
}));
vi.mock('../../src/platform/messaging', () => ({
  send: (name: string) => {
    sent.push(name);
    return Promise.resolve(null);
  },
}));
const { countStored, forgetStored, STORED_KINDS } = await import('../../src/platform/stored');

beforeEach(() => {
  for (const key of Object.keys(local)) Reflect.deleteProperty(local, key);
  sent.length = 0;
  Object.assign(local, {
    policy: { estimate: false },
    mark: { symbol: '★' },
    estimate: false,
    size: 'large',
    'site:a.example': 'off',
    'anchor:ff': 'PEM',
  });
});

test('every key is of one kind, or kept', async () => {
  expect(await Promise.all(STORED_KINDS.map(countStored))).toEqual([2, 1, 1]);
  for (const kind of STORED_KINDS) await forgetStored(kind);
  expect(Object.keys(local).sort()).toEqual(['mark', 'policy']);
});

test('one kind alone; anchors that are forgotten are out of force at once', async () => {
  await forgetStored('sites');
  expect(Object.keys(local)).not.toContain('site:a.example');
  expect(sent).toEqual([]);
  await forgetStored('anchors');
  expect(sent).toEqual(['engine.restart']);
  expect(await countStored('settings')).toBe(2);
});
