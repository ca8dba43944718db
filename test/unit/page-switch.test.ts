/** A frame that can't tell the top-level site itself (Firefox): it asks, and a background that isn't there yet is asked again. */
import { afterEach, expect, test, vi } from 'vitest';

const send = vi.hoisted(() => vi.fn<(name: string) => Promise<{ site: string | null } | null>>());
vi.mock('../../src/platform/messaging', () => ({ send }));
vi.mock('../../src/platform/storage', () => ({}));
const { topSite } = await import('../../src/page/switch');

afterEach(() => {
  vi.unstubAllGlobals();
});

test('no answer is no site, and not for ever; an answer is', async () => {
  vi.stubGlobal('window', { top: {} });
  vi.stubGlobal('self', {});
  vi.stubGlobal('location', { href: 'https://frame.test/' });
  send.mockResolvedValueOnce(null).mockResolvedValue({ site: 'site.test' });
  expect(await topSite()).toBeNull();
  expect(await topSite()).toBe('site.test');
  expect(await topSite()).toBe('site.test');
  expect(send).toHaveBeenCalledTimes(2);
});
