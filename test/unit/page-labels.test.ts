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
  loading: false,
  thumbnail: null,
  badgeRemoved: false,
});

test('each video without a label is scrolled to once, in every frame', () => {
  const seen: string[] = [];
  const { missed, showNext } = showEach({ show: (frame, id) => void seen.push(`${frame} ${id}`) });
  const rows = [row('1', LABEL), row('2'), row('2', null, 'inner')];
  expect(missed(rows)).toEqual({ left: 2, unloaded: 0 });
  expect([showNext(rows), showNext(rows), showNext(rows)]).toEqual([true, true, false]);
  expect(seen).toEqual(['top 2', 'inner 2']);
  expect(missed(rows)).toEqual({ left: 0, unloaded: 0 });
});

test('a page without end is left at some time', () => {
  let count = 0;
  const { missed, showNext } = showEach({ show: () => void count++ });
  const rows = Array.from({ length: 130 }, (_, i) => row(String(i)));
  while (showNext(rows));
  expect([count, missed(rows).left]).toEqual([100, 30]);
});

test('a video counts as left or as not loaded, never as both', () => {
  const loading = (id: string, label: Label | null = null) => ({ ...row(id, label), loading: true });
  const { missed, showNext } = showEach({ show: () => undefined });
  const rows = [loading('1'), loading('2'), row('3', LABEL)];
  expect(missed(rows)).toEqual({ left: 2, unloaded: 0 });
  showNext(rows);
  expect(missed(rows)).toEqual({ left: 1, unloaded: 1 });
  showNext(rows);
  expect(missed(rows)).toEqual({ left: 0, unloaded: 2 });
  expect(missed([row('1', LABEL), row('2')])).toEqual({ left: 0, unloaded: 0 });
});

test('what a page’s answers are', () => {
  const error = (code: string, message: string) => ({ schema: 'assay-error/1', input: 'a', error: { code, message } });
  const named = { ...LABEL, subject: { input: 'a' } };
  const none = { left: 0, unloaded: 0 };
  const late = (videos: string) => error('timed-out', `a has ${videos} that did not load in time.`);
  const many = error('too-many', 'a has 1 video that there was no time for.');
  expect(pageAnswers('a', [row('1')], none)).toEqual([error('no-video', 'a shows no video.')]);
  expect(pageAnswers('a', [row('1', LABEL), row('2')], none)).toEqual([named]);
  expect(pageAnswers('a', [row('1', LABEL)], { ...none, left: 1 })).toEqual([named, many]);
  expect(pageAnswers('a', [row('1')], { ...none, unloaded: 1 })).toEqual([late('1 video')]);
  expect(pageAnswers('a', [row('1', LABEL)], { left: 1, unloaded: 2 })).toEqual([named, late('2 videos'), many]);
});
