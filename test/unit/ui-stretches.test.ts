import { describe, expect, test, vi } from 'vitest';

vi.mock('../../src/platform/texts', async () => {
  const { english } = await import('../../src/label/english');
  return { translate: english, language: () => ({ lang: 'en', dir: 'ltr' }) };
});
const { gaps, spanWords } = await import('../../src/ui/panel/stretches');

type Span = [number, number];
const coverage = (checked: Span[], changed: Span[] = []) => ({
  bytes_read: 0,
  bytes_total: null,
  sha256: null,
  seconds_checked: checked,
  seconds_changed: changed,
});

describe('what was not seen of a stream', () => {
  test.each<[string, Span[], Span[], Span[]]>([
    ['nothing', [[0, 10]], [], []],
    ['all', [], [], [[0, 10]]],
    ['its end', [[0, 4]], [], [[4, 10]]],
    ['its begin and its middle', [[2, 4], [7, 10]], [], [[0, 2], [4, 7]]], // prettier-ignore
    ['changed is seen', [[0, 4], [6, 10]], [[4, 6]], []], // prettier-ignore
    ['what clocks round away', [[0.1, 4], [4.1, 9.9]], [], []], // prettier-ignore
    ['longer than the video says', [[0, 12]], [], []],
  ])('%s', (_, checked, changed, expected) => {
    expect(gaps(coverage(checked, changed), 10)).toEqual(expected);
  });
});

test('stretches in words', () => {
  expect(spanWords([[0, 61.5], [70, 80]])).toBe('0:00–1:01, 1:10–1:20'); // prettier-ignore
});
