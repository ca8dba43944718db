/** THIRD_PARTY.md names everything that the built packages hold, with version, licence and hash. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';

const text = readFileSync('THIRD_PARTY.md', 'utf8');

test('it is what the script makes of the last build', () => {
  expect(() => execFileSync('node', ['scripts/third-party.mjs', '--check'], { stdio: 'pipe' })).not.toThrow();
});

test.each(['chrome', 'firefox'])('every library of the %s package is named', (browser) => {
  const libraries = JSON.parse(readFileSync(`dist/bundled-${browser}.json`, 'utf8')) as string[];
  expect(libraries.length).toBeGreaterThan(4);
  for (const library of libraries) expect(text).toContain(`| ${library} | `);
});

test.each(['chrome', 'firefox'])('every wasm, list and network of the %s package is named with its hash', (browser) => {
  for (const folder of ['wasm', 'trust', 'model', 'marks']) {
    for (const file of readdirSync(`dist/${browser}/${folder}`)) {
      if (file.endsWith('.json')) continue;
      const hash = createHash('sha256')
        .update(readFileSync(`dist/${browser}/${folder}/${file}`))
        .digest('hex');
      expect(text).toContain(`\`${folder}/${file}\``);
      expect(text, file).toContain(hash);
    }
  }
});
