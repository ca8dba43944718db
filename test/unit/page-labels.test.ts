/** A page is labelled to its end, and what there was no time for is said. */
import { expect, test } from 'vitest';
import type { Label } from '../../src/contract/label';
import { pageAnswers } from '../../src/label/page-answers';
import { showEach } from '../../src/platform/show-each';

const LABEL = { schema: 'assay-label/1', subject: { input: null } } as Label;
const row = (id: string, label: Label | null = null, frame = 'top') => ({
  id,
  frame,
  label,
  settled: true,
  thumbnail: null,
  badgeRemoved: false,
});

test('each video without a label is scrolled to once, in every frame', () => {
  const seen: string[] = [];
  const { left, showNext } = showEach({ show: (frame, id) => void seen.push(`${frame} ${id}`) });
  const rows = [row('1', LABEL), row('2'), row('2', null, 'inner')];
  expect(left(rows)).toBe(2);
  expect([showNext(rows), showNext(rows), showNext(rows)]).toEqual([true, true, false]);
  expect(seen).toEqual(['top 2', 'inner 2']);
  expect(left(rows)).toBe(0);
});

test('a page without end is left at some time', () => {
  let count = 0;
  const { left, showNext } = showEach({ show: () => void count++ });
  const rows = Array.from({ length: 130 }, (_, i) => row(String(i)));
  while (showNext(rows));
  expect([count, left(rows)]).toEqual([100, 30]);
});

test('what a page’s answers are', () => {
  const error = (code: string, message: string) => ({ schema: 'assay-error/1', input: 'a', error: { code, message } });
  const named = { ...LABEL, subject: { input: 'a' } };
  expect(pageAnswers('a', [row('1')], 0)).toEqual([error('no-video', 'a shows no video.')]);
  expect(pageAnswers('a', [row('1', LABEL), row('2')], 0)).toEqual([named]);
  expect(pageAnswers('a', [row('1', LABEL)], 1)).toEqual([
    named,
    error('too-many', 'a has more videos than there was time for (1 left).'),
  ]);
});
