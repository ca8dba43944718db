/** The published JSON Schema is the one that the code uses. */
import { expect, it } from 'vitest';
import { read } from './files';
import { labelJsonSchema } from './label-json-schema';

it('docs/label.schema.json is up to date (npm run schema)', () => {
  expect(read('docs/label.schema.json')).toBe(labelJsonSchema());
});
