/** What is in the built packages, and what must never be. */
import { basename } from 'node:path';
import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { filesBelow, read } from './files';

const CONTENT_SCRIPT_LIMIT = 40_960;
/** What a page without video has to bear. */
const EVERY_PAGE_LIMIT = 10_240;
/** What comes on sites with notices of their own, beside the above. */
const SITES_LIMIT = 16_000;

/** Ways to run a string, or markup, as code. */
const FORBIDDEN: [what: string, pattern: RegExp][] = [
  [
    'markup from strings',
    /\.(?:innerHTML|outerHTML)\s*=|insertAdjacentHTML|document\.write\b|createContextualFragment/,
  ],
  ['code from strings', /\beval\(|\bnew Function\(/],
  ['C2: workers from blobs', /Worker\([^)]{0,60}createObjectURL/],
  ['scripts from elsewhere', /(?:import|importScripts|Worker)\(\s*["'`](?:https?:|blob:|data:)/],
];
/** Names in libraries' help texts and formats; none of them is ever requested. */
const KNOWN_HOSTS = [
  'web.dev',
  'www.w3.org',
  'purl.org',
  'iptc.org',
  'www.tc260.org.cn',
  'ns.adobe.com',
  'rolldown.rs',
];

describe.each(['chrome', 'firefox'])('package for %s', (browser) => {
  const folder = `dist/${browser}`;
  const files = filesBelow(folder);
  const scripts = files.filter((path) => path.endsWith('.js'));

  it('is built', () => {
    expect(scripts.map((path) => basename(path))).toEqual(expect.arrayContaining(['background.js', 'page.js']));
  });
  it.each(FORBIDDEN)('has no %s', (_what, pattern) => {
    const bad = scripts.flatMap((path) => {
      const match = pattern.exec(read(path));
      return match === null ? [] : [`${path}: ${read(path).slice(Math.max(0, match.index - 60), match.index + 60)}`];
    });
    expect(bad).toEqual([]);
  });
  it('names no host that is not known', () => {
    const hosts = new Set(
      scripts.flatMap((path) =>
        [...read(path).matchAll(/https?:\/\/([a-z0-9.-]+\.[a-z]{2,})/gi)].map((match) => match[1]),
      ),
    );
    expect([...hosts].filter((host) => !KNOWN_HOSTS.includes(host ?? ''))).toEqual([]);
  });
  it('holds one ONNX Runtime and one c2pa module', () => {
    const wasm = files.filter((path) => path.endsWith('.wasm')).map((path) => basename(path));
    expect(wasm.sort()).toEqual(['c2pa.wasm', 'ort-wasm-simd-threaded.wasm']);
  });
  it('has small content scripts: all of them together, and what every page gets', () => {
    const size = (name: string): number => statSync(`${folder}/${name}.js`).size;
    const everywhere = size('page') + size('page-hook');
    expect(everywhere).toBeLessThanOrEqual(EVERY_PAGE_LIMIT);
    expect(everywhere + size('videos')).toBeLessThanOrEqual(CONTENT_SCRIPT_LIMIT);
    expect(size('sites')).toBeLessThanOrEqual(SITES_LIMIT);
  });
});
