/** Badges and panel on real pages, in both browsers. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Tab } from '../../src/cli/drive/driver';
import { badges, badgesUntil, bench, BROWSERS, HOST, openPanel } from './harness';
import type { Bench } from './harness';

const one = (words: string[]): boolean => words.length === 1;

describe.each(BROWSERS)('%s', (name) => {
  let b: Bench;
  beforeAll(async () => {
    b = await bench(name);
  });
  afterAll(async () => {
    await b.close();
  });

  const withPage = async (path: string, run: (tab: Tab) => Promise<void>): Promise<void> => {
    const tab = await b.open(path);
    try {
      await run(tab);
    } finally {
      await tab.close();
    }
  };

  test.each(['/plain', '/late', '/declared-root'])('finds the video of %s', async (path) => {
    await withPage(path, async (tab) => {
      const [words] = await badgesUntil(tab, (w) => one(w) && w[0]?.includes('Stream') === true);
      expect(words).toContain('Stream, no credentials');
    });
  });

  test('a page without video gets no host', async () => {
    await withPage('/empty', async (tab) => {
      await new Promise((done) => setTimeout(done, 1_000));
      expect(await badges(tab)).toEqual([]);
      expect(await tab.evaluate(`document.querySelectorAll('${HOST}').length`)).toBe(0);
    });
  });

  test('hostile style sheets do not hide the badge', async () => {
    await withPage('/hostile-css', async (tab) => {
      await badgesUntil(tab, one);
      const box = await tab.inShadow<{ width: number; height: number }>(
        HOST,
        `(root) => {
        const { width, height } = root.querySelector('.badge').getBoundingClientRect();
        return { width, height };
      }`,
      );
      expect(box.width).toBeGreaterThan(24);
      expect(box.height).toBeGreaterThanOrEqual(24);
    });
  });

  test('E10: strict policy and trusted types: badge and panel are drawn', async () => {
    await withPage('/plain?strict', async (tab) => {
      await badgesUntil(tab, (w) => w[0]?.includes('Stream') === true);
      await openPanel(tab);
      const drawn = await tab.inShadow<{ height: number; ground: string; words: string; plate: string }>(
        HOST,
        `(root) => {
        const panel = root.querySelector('.panel');
        return {
          height: panel.getBoundingClientRect().height,
          ground: getComputedStyle(panel).position,
          words: panel.textContent,
          plate: getComputedStyle(root.querySelector('.badge')).backgroundColor,
        };
      }`,
      );
      expect(drawn).toMatchObject({ ground: 'fixed', plate: 'rgb(20, 23, 28)' });
      expect(drawn.height).toBeGreaterThan(100);
      expect(drawn.words).toContain('Stream, no credentials');
    });
  });

  test('A12: nothing of the page is written to', async () => {
    await withPage('/writes', async (tab) => {
      await badgesUntil(tab, (w) => w[0]?.includes('Stream') === true);
      const writes = await tab.evaluate<string[]>('writes');
      expect([...new Set(writes)].filter((w) => w !== 'childList HTML ')).toEqual([]);
    });
  });

  test('A7: a small looping muted clip gets none, where a large one that comes later has its own', async () => {
    await withPage('/small', async (tab) => {
      await tab.waitFor('v.readyState > 0');
      await tab.evaluate('void makeVideo(document.body)');
      await badgesUntil(tab, (w) => w.length > 0 && w.every((words) => words.includes('Stream')));
      const widths = `(root) => [...root.querySelectorAll('.box')].map((box) => box.style.width)`;
      expect(await tab.inShadow(HOST, widths)).toEqual(['480px']);
    });
  });

  test('A7: a decorative video over the whole page gets the compact badge', async () => {
    await withPage('/decorative', async (tab) => {
      await badgesUntil(tab, one);
      expect(await tab.inShadow(HOST, `(root) => root.querySelector('.badge').dataset.form`)).toBe('compact');
    });
  });

  test('a click anywhere on the badge opens the panel', async () => {
    const inBadge = (at: number): string => `(root) => {
      const { left, top, width, height } = root.querySelector('.badge').getBoundingClientRect();
      return [left + ${String(at)} * width, top + height / 2];
    }`;
    for (const path of ['/plain', '/decorative']) {
      await withPage(path, async (tab) => {
        await badgesUntil(tab, one);
        for (const at of [0.05, 0.2, 0.5, 0.95]) {
          const [x, y] = await tab.inShadow<[number, number]>(HOST, inBadge(at));
          await tab.click(x, y);
          const open = `(root) => { const p = root.querySelector('.panel'); return p !== null && !p.hidden; }`;
          await expect.poll(() => tab.inShadow(HOST, open), { message: `${path} at ${String(at)}` }).toBe(true);
          await tab.press('Escape');
          await expect.poll(() => tab.inShadow(HOST, open)).toBe(false);
        }
      });
    }
  });

  test('E1: under a layer over the whole page, click, keys and focus stay with badge and panel', async () => {
    await withPage('/layer', async (tab) => {
      await badgesUntil(tab, (w) => w[0]?.includes('Stream') === true);
      await openPanel(tab);
      const open = `(root) => { const p = root.querySelector('.panel'); return !p.hidden && p.getBoundingClientRect().height > 100; }`;
      expect(await tab.inShadow(HOST, open)).toBe(true);
      await tab.press('ArrowRight');
      await tab.press('Tab');
      await tab.press('Escape');
      expect(await tab.inShadow(HOST, open)).toBe(false);
      expect(await tab.inShadow(HOST, `(root) => root.activeElement?.className`)).toBe('part');
      expect(await tab.evaluate('[clicks, keys.join()]')).toEqual([0, '']);
      await tab.click(240, 200);
      expect(await tab.evaluate('clicks')).toBe(1);
    });
  });

  test('a new source gets a label of its own', async () => {
    await withPage('/swap', async (tab) => {
      await badgesUntil(tab, (w) => w[0]?.includes('Stream') === true);
      await tab.evaluate(
        `clip().then((blob) => { v.srcObject = null; v.src = URL.createObjectURL(blob); return v.play(); })`,
      );
      await badgesUntil(tab, (w) => one(w) && w[0]?.includes('Stream') === false && w[0] !== 'Starting');
    });
  });

  test('E15: a host that the page takes away comes back; the page wins after some tries', async () => {
    await withPage('/plain', async (tab) => {
      await badgesUntil(tab, one);
      await tab.evaluate(`document.querySelector('${HOST}').remove()`);
      await badgesUntil(tab, one);
      await tab.evaluate(`new Promise((done) => {
        let left = 60;
        const timer = setInterval(() => {
          document.querySelector('${HOST}')?.remove();
          if (--left === 0) { clearInterval(timer); done(1); }
        }, 30);
      })`);
      expect(await tab.evaluate(`document.querySelectorAll('${HOST}').length`)).toBe(0);
    });
  });
});
