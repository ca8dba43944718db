/** The README names where the bands begin; a new model may move them. */
import { expect, it } from 'vitest';
import { read } from './files';

it('the bands begin where the README says', () => {
  const { thresholds } = JSON.parse(read('public/model/model.json')) as { thresholds: Record<string, number> };
  const short = (value = 0): string => value.toFixed(2).replace(/^0/, '');
  const words = read('README.md').replaceAll('\n', ' ');
  expect(words).toContain(
    `"some" begins at ${short(thresholds['some'])} and "strong" at ${short(thresholds['strong'])}`,
  );
});
