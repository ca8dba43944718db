/** Windows in which another page may have been before ours. */
import { expect, test } from 'vitest';
import { mayHaveHadGuests } from '../../src/page/early-guests';

const strange = {
  get document(): never {
    throw new DOMException('Blocked a frame', 'SecurityError');
  },
};
const own = { document: {} };

test.each([
  ['a tab of its own', { frameElement: null, opener: null }, false],
  ['a frame within its own site', { frameElement: {}, opener: null }, true],
  ['a frame within another site', { frameElement: null, opener: null }, false],
  ['a window that its own site has opened', { frameElement: null, opener: own }, true],
  ['a window that another site has opened', { frameElement: null, opener: strange }, false],
])('%s', (_, view, expected) => {
  expect(mayHaveHadGuests(view as unknown as Window)).toBe(expected);
});
