// @vitest-environment happy-dom
/** What a report says of the file that it is about. */
import { describe, expect, test, vi } from 'vitest';
import type { Label } from '../../src/contract/label';
import { emptyCredentials } from '../../src/contract/lanes';

vi.mock('../../src/platform/texts', async () => {
  const { english } = await import('../../src/label/english');
  return { translate: english, language: () => ({ lang: 'en', dir: 'ltr' }) };
});
const { fileHashWords } = await import('../../src/ui/report/about');

const said = (coverage: Partial<Label['credentials']['coverage']>, of: Partial<Label['subject']> = {}): string => {
  const credentials = emptyCredentials('none');
  const label = {
    subject: { kind: 'file', media: 'https://a.test/clip.mp4', ...of },
    credentials: { ...credentials, coverage: { ...credentials.coverage, ...coverage } },
  };
  return fileHashWords(label as Label);
};
const HOW = ' Save the video and choose it under “Label files” to get one.';

describe('the hash of the file', () => {
  test.each<[string, Parameters<typeof said>[0], string]>([
    ['known', { bytes_read: 9, bytes_total: 9, sha256: 'ab12' }, 'ab12'],
    ['a part read', { bytes_read: 64_000, bytes_total: 20e6 }, `None: only 0.064 of 20 MB were read.${HOW}`],
    ['a part of nobody knows what', { bytes_read: 64_000 }, `None: only 0.064 MB were read.${HOW}`],
    [
      'all of it, in passing',
      { bytes_read: 20e6, bytes_total: 20e6 },
      expect.stringMatching(/^None: it went by .*Save/),
    ],
    ['no bytes', {}, 'None: Assay had no whole file.'],
  ])('of a video from elsewhere: %s', (_, coverage, expected) => {
    expect(said(coverage)).toEqual(expected);
  });
  test('of a page’s own bytes: it can be saved', () => {
    const blob = { kind: 'page-video', media: 'blob:https://a.test/1' } as const;
    expect(said({ bytes_read: 64_000 }, blob)).toContain(HOW);
  });
  test('of a file over the limit: no advice to do what was done', () => {
    expect(said({ bytes_read: 64_000, bytes_total: 20e6 }, { media: 'clip.mp4' })).toBe(
      'None: only 0.064 of 20 MB were read.',
    );
  });
});
