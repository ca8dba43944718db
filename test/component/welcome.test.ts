/** The first-run page: what it says, the personal mark, and the built-in sample with a badge and panel of its own. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Tab } from '../../src/cli/drive/driver';
import { bench, BROWSERS } from './harness';
import type { Bench } from './harness';

const ROOT = `[...document.querySelectorAll('section > div > div')].map((e) => e.shadowRoot).find((r) => r !== null)`;

describe.each(BROWSERS)('%s', (name) => {
  let b: Bench;
  beforeAll(async () => {
    b = await bench(name);
  });
  afterAll(async () => {
    await b.close();
  });

  const welcome = async (width: number, height: number, dark: boolean): Promise<Tab> => {
    const tab = await b.control();
    await tab.goto(b.browser.extensionUrl('welcome.html'), 'load');
    await tab.waitFor('document.querySelector("h1") !== null');
    await tab.setViewport(width, height, { dark });
    await tab.activate();
    return tab;
  };
  const shoot = async (tab: Tab, look: string): Promise<void> => {
    mkdirSync('.cache/screenshots', { recursive: true });
    writeFileSync(`.cache/screenshots/welcome-${look}-${name}.png`, await tab.screenshot());
  };
  const press = async (tab: Tab, element: string): Promise<void> => {
    const { x, y } = await tab.evaluate<{ x: number; y: number }>(`(() => {
      const element = ${element};
      element.scrollIntoView({ block: 'center' });
      const box = element.getBoundingClientRect();
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    })()`);
    await tab.click(x, y);
  };

  test.each([
    ['wide', 900, 1000, false],
    ['narrow', 340, 900, true],
  ] as const)(
    '%s: all parts are there; the sample gets its label, and its badge opens the panel',
    async (look, width, height, dark) => {
      const tab = await welcome(width, height, dark);
      expect(await tab.evaluate('document.querySelectorAll("section").length')).toBe(5);
      expect(await tab.evaluate('document.querySelectorAll(".notice").length')).toBe(0); // access was given
      expect(await tab.evaluate(`${ROOT} === undefined`)).toBe(true); // nothing is read before it is asked for
      await press(tab, 'document.querySelector("button.main")');
      await tab.waitFor(`${ROOT}?.querySelector('.words')?.textContent.startsWith('Unverified signer')`, {
        timeoutMs: 30_000,
      });
      await tab.waitFor(`!${ROOT}.querySelector('.badge').textContent.includes('Looking')`, { timeoutMs: 30_000 });
      await shoot(tab, look);
      await press(tab, `${ROOT}.querySelector('.part')`);
      await tab.waitFor(`${ROOT}.querySelector('.panel').checkVisibility()`);
      const { left, right, bottom } = await tab.evaluate<Record<'left' | 'right' | 'bottom', number>>(
        `${ROOT}.querySelector('.panel').getBoundingClientRect().toJSON()`,
      );
      expect(left).toBeGreaterThanOrEqual(0);
      expect(right).toBeLessThanOrEqual(width);
      expect(bottom).toBeLessThanOrEqual(height);
      expect(await tab.evaluate(`${ROOT}.querySelector('.panel .mark').textContent`)).not.toBe('');
      await shoot(tab, `${look}-panel`);
      await tab.press('Escape');
      await tab.waitFor(`${ROOT}.querySelector('.panel').hidden`);
      expect(await tab.evaluate(`${ROOT}.activeElement.className`)).toBe('part');
      expect(await tab.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(
        true,
      );
      await tab.close();
    },
  );
});
