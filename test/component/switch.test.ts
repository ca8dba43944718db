/** Switching off and on without a reload, in all frames. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Tab } from '../../src/cli/drive/driver';
import { badgesUntil, bench, BROWSERS, HOST } from './harness';
import type { Bench } from './harness';

const HOSTS = `[document, ...[...document.querySelectorAll('iframe')].map((f) => f.contentDocument)]
  .reduce((sum, d) => sum + d.querySelectorAll('${HOST}').length, 0)`;

describe.each(BROWSERS)('%s', (name) => {
  let b: Bench;
  let control: Tab;
  beforeAll(async () => {
    b = await bench(name);
    control = await b.control();
  });
  afterAll(async () => {
    await b.close();
  });

  const store = async (items: Record<string, unknown>): Promise<void> => {
    await control.evaluate(`(items) => (globalThis.browser ?? chrome).storage.local.set(items)`, items);
  };

  test('F4: site off: hosts of all frames go; on: they come back', async () => {
    const tab = await b.open('/frames');
    await tab.waitFor(`${HOSTS} === 2`, { timeoutMs: 20_000 });
    await store({ 'site:site.test': 'off' });
    await tab.waitFor(`${HOSTS} === 0`, { timeoutMs: 5_000 });
    await store({ 'site:site.test': 'on' });
    await tab.activate();
    await tab.waitFor(`${HOSTS} === 2`, { timeoutMs: 20_000 });
    await tab.close();
  });

  test('F4: main switch off: a new page gets nothing', async () => {
    await store({ enabled: false });
    const tab = await b.open('/plain');
    await new Promise((done) => setTimeout(done, 1_500));
    expect(await tab.evaluate(HOSTS)).toBe(0);
    await store({ enabled: true });
    await tab.activate();
    await badgesUntil(tab, (w) => w.length === 1);
    await tab.close();
  });
});
