/** The pure parts of the command line. */
import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../../src/cli/args';
import { inOrder } from '../../src/cli/in-order';
import { jsonLine } from '../../src/cli/jsonl';
import { isVideoName } from '../../src/cli/media-types';
import { parseRange } from '../../src/cli/ranges';
import { printable, table } from '../../src/cli/table';

describe('command line', () => {
  it('takes inputs and options in any order', () => {
    const parsed = parseCommandLine(['a.mp4', '--json', 'b/', '--browser=firefox', '--limit', '20'], true);
    expect(parsed).toMatchObject({
      kind: 'run',
      options: {
        inputs: ['a.mp4', 'b/'],
        browser: 'firefox',
        json: true,
        limitMb: 20,
        headless: false,
        estimate: true,
      },
    });
  });
  it('asks other servers only when told to', () => {
    expect(parseCommandLine(['a.mp4'], true)).toMatchObject({ options: { remote: false } });
    expect(parseCommandLine(['a.mp4', '--remote'], true)).toMatchObject({ options: { remote: true } });
  });
  it.each(['browser', 'limit', 'jobs', 'anchors', 'out'])(
    'refuses a second --%s instead of losing the first',
    (name) => {
      expect(parseCommandLine([`--${name}`, '1', 'a.mp4', `--${name}=2`], true)).toEqual({
        kind: 'mistake',
        message: `--${name} can be given only once.`,
      });
    },
  );
  it('is headless without a display', () => {
    expect(parseCommandLine([], false)).toMatchObject({ options: { headless: true } });
  });
  it('takes what follows -- for files', () => {
    expect(parseCommandLine(['--', '--odd.mp4'], true)).toMatchObject({ options: { inputs: ['--odd.mp4'] } });
  });
});

describe('ranges', () => {
  it.each([
    [undefined, 10, null],
    ['bytes=0-', 10, { start: 0, end: 9 }],
    ['bytes=2-4', 10, { start: 2, end: 4 }],
    ['bytes=2-400', 10, { start: 2, end: 9 }],
    ['bytes=-3', 10, { start: 7, end: 9 }],
    ['bytes=-30', 10, { start: 0, end: 9 }],
    ['bytes=10-', 10, 'bad'],
    ['bytes=5-4', 10, 'bad'],
    ['bytes=0-1,3-4', 10, null],
    ['items=0-1', 10, null],
    ['bytes=0-', 0, 'bad'],
  ])('%s of %i', (header, size, expected) => {
    expect(parseRange(header, size)).toEqual(expected);
  });
});

describe('in order', () => {
  it('tells results in the order of the items, at most so many at once', async () => {
    const told: number[] = [];
    let running = 0;
    let most = 0;
    const work = async (item: number): Promise<number> => {
      most = Math.max(most, ++running);
      await new Promise((done) => setTimeout(done, (7 - item) * 3));
      running--;
      return item;
    };
    await inOrder([1, 2, 3, 4, 5, 6], 3, work, (item) => told.push(item));
    expect(told).toEqual([1, 2, 3, 4, 5, 6]);
    expect(most).toBe(3);
  });
  it('begins nothing more once an item has thrown', async () => {
    const begun: number[] = [];
    const work = (item: number): Promise<void> => {
      begun.push(item);
      return Promise.reject(new Error('over'));
    };
    await expect(inOrder([1, 2, 3], 1, work, () => undefined)).rejects.toThrow('over');
    expect(begun).toEqual([1]);
  });
});

describe('output', () => {
  it('lets no control character and no change of direction reach the terminal', () => {
    expect(printable('a\x1b[31mb\u202Ec\nd')).toBe('a\uFFFD[31mb\uFFFDc\uFFFDd');
  });
  it('cuts long paths but keeps their ends', () => {
    const row = table(['x'.repeat(100)]).row({
      schema: 'assay-error/1',
      input: `${'x'.repeat(100)}/end.mp4`,
      error: { code: 'not-found', message: 'no' },
    });
    expect(row).toMatch(/^x+…x+\/end\.mp4 {2}no$/);
  });
  it('keeps one object on one line', () => {
    const line = jsonLine({ schema: 'assay-error/1', input: 'a\n\u2028b', error: { code: 'x', message: 'y' } });
    expect(line).not.toMatch(/[\n\u2028]/);
    expect(JSON.parse(line)).toMatchObject({ input: 'a\n\u2028b' });
  });
  it('knows videos by their names', () => {
    expect(['a.MP4', 'b.m4v', 'c.mov', 'd.webm', 'e.mkv', 'f.avi'].every(isVideoName)).toBe(true);
    expect(['a.txt', 'b.m4s', 'mp4', 'c.mp4.part'].some(isVideoName)).toBe(false);
  });
});
