/** Icons exist in all sizes and belong to the drawing. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { read } from './files';

it.each([16, 32, 48, 96, 128])('icon of %i pixels', (size) => {
  const png = readFileSync(`icons/${String(size)}.png`);
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size]);
});

it('is not older than its drawing (npm run icons)', () => {
  const hash = createHash('sha256').update(read('icons/assay.svg')).digest('hex');
  expect(read('icons/assay.svg.sha256').trim()).toBe(hash);
});
