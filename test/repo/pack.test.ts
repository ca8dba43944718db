/** The store packages are the same bytes everywhere. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

function packIn(timeZone: string): Record<string, string> {
  execFileSync(process.execPath, ['scripts/pack.mjs'], { env: { ...process.env, TZ: timeZone }, stdio: 'pipe' });
  const zips = readdirSync('dist').filter((name) => /^assay-(chrome|firefox)-[\d.]+\.zip$/.test(name));
  return Object.fromEntries(
    zips.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(`dist/${name}`))
        .digest('hex'),
    ]),
  );
}

it('packs the same bytes in every time zone', () => {
  const tokyo = packIn('Asia/Tokyo');
  expect(Object.keys(tokyo)).toHaveLength(2);
  expect(packIn('UTC')).toEqual(tokyo);
  expect(packIn('America/Los_Angeles')).toEqual(tokyo);
});
