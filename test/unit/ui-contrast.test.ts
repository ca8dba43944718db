/** Text and shapes keep their contrast on every ground that they stand on. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { MARK_COLOURS } from '../../src/contract/settings';

const PLATE = '#14171c';

function luminance(hex: string): number {
  const full = hex.length === 4 ? hex.replace(/[0-9a-f]/gi, (c) => c + c) : hex;
  const [r, g, b] = [1, 3, 5]
    .map((i) => parseInt(full.slice(i, i + 2), 16) / 255)
    .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
}

function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** Custom properties of the first rule for `.panel` behind this text. */
function colours(css: string, behind: string): Record<string, string> {
  const rule = css.slice(css.indexOf('.panel {', css.indexOf(behind)));
  const declared = rule.slice(0, rule.indexOf('}')).matchAll(/--([a-z]+): (#[0-9a-f]{3,6})/g);
  return Object.fromEntries([...declared].map((m) => [m[1], m[2]]));
}

describe('contrast', () => {
  test('personal marks on the plate', () => {
    for (const colour of MARK_COLOURS) expect(contrast(colour, PLATE), colour).toBeGreaterThanOrEqual(4.5);
  });

  test('marks are drawn in their colour, never as coloured pictures of the system', () => {
    for (const [path, rule] of [
      ['src/ui/badge/badge.css', '.mark {'],
      ['public/pages.css', '.sample,'],
    ] as const) {
      const css = readFileSync(path, 'utf8');
      const from = css.indexOf(rule);
      expect(css.slice(from, css.indexOf('}', from)), path).toContain('font-variant-emoji: text');
    }
  });

  test('badge: every colour of text and shape on the plate', () => {
    const css = readFileSync('src/ui/badge/badge.css', 'utf8');
    expect(css).toContain(`background: ${PLATE}`);
    for (const [, ink] of css.matchAll(/(?<![-a-z])color: (#[0-9a-f]{6})/g))
      expect(contrast(ink as string, PLATE), ink).toBeGreaterThanOrEqual(4.5);
  });

  test.each([
    ['dark', '.panel {'],
    ['light', '@media (prefers-color-scheme: light)'],
  ])('panel, %s: text on both grounds', (_, behind) => {
    const c = colours(readFileSync('src/ui/panel/box.css', 'utf8'), behind);
    for (const ground of ['ground', 'raised']) {
      for (const ink of ['ink', 'dim', 'accent']) {
        expect(contrast(c[ink] as string, c[ground] as string), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  test('pages: text on both grounds, light and dark', () => {
    const css = readFileSync('public/pages.css', 'utf8');
    const pair = (name: string): string[] =>
      [...(new RegExp(`--${name}: light-dark\\((#\\w+), (#\\w+)\\)`).exec(css) ?? [])].slice(1);
    for (const mode of [0, 1]) {
      for (const ground of ['ground', 'raised']) {
        for (const ink of ['ink', 'dim', 'accent']) {
          expect(contrast(pair(ink)[mode] as string, pair(ground)[mode] as string)).toBeGreaterThanOrEqual(4.5);
        }
      }
    }
  });
});
