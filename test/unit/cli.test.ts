/** The pure parts of the command line. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { parseCommandLine } from '../../src/cli/args';
import { columnsOf } from '../../src/cli/columns';
import { fit, printable, shorten } from '../../src/cli/fit';
import { inOrder } from '../../src/cli/in-order';
import { readInputs, type Input } from '../../src/cli/inputs';
import { jsonLine } from '../../src/cli/jsonl';
import { isVideoName } from '../../src/cli/media-types';
import { parseRange } from '../../src/cli/ranges';
import { table } from '../../src/cli/table';
import { unreached } from '../../src/cli/unreached';
import type { Label } from '../../src/contract/label';

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
  it.each(['jobs', 'limit', 'browser', 'anchors', 'out'])(
    'says in one sentence what --%s takes, whatever was given in its place',
    (name) => {
      const given = ['-1', 'abc', '0', '1.5', '1e3', '', '-x', '--json'];
      const wrong = ['anchors', 'out'].includes(name) ? ['-1', '', '-x', '--json'] : given;
      const tries = [[`--${name}`], ...wrong.flatMap((value) => [[`--${name}`, value, 'a'], [`--${name}=${value}`]])];
      // After an equals sign a name may begin with a dash.
      const isName = (args: string[]): boolean => /^--(anchors|out)=-/.test(args[0] ?? '');
      for (const args of tries.filter((args) => !isName(args))) {
        const parsed = parseCommandLine(args, true);
        expect(parsed.kind, args.join(' ')).toBe('mistake');
        const { message } = parsed as { message: string };
        expect(message, args.join(' ')).toMatch(new RegExp(`^--${name} (is|needs) [^.]+\\.?[^.]*\\.$`));
        const value = args[0]?.includes('=') === true ? args[0].replace(/^.*?=/, '') : (args[1] ?? '');
        if (value !== '') expect(message).toContain(`not "${value}"`);
      }
    },
  );
  it('never empties a video for want of a name', () => {
    expect(parseCommandLine(['--json', '--out', 'clip.mp4'], true)).toMatchObject({ kind: 'mistake' });
    expect(parseCommandLine(['--out', 'labels.jsonl', 'clip.mp4'], true)).toMatchObject({ kind: 'run' });
  });
  it('hints at a file that is named as options are', () => {
    const hint = 'A file whose name begins with a dash is given as "./-dash.mp4".';
    expect(parseCommandLine(['-dash.mp4'], true)).toMatchObject({ message: `Unknown option '-d'. ${hint}` });
    expect(parseCommandLine(['--nonsense'], true)).toMatchObject({ message: "Unknown option '--nonsense'." });
    expect(parseCommandLine(['--', '-dash.mp4'], true)).toMatchObject({ options: { inputs: ['-dash.mp4'] } });
  });
  it('is headless without a display', () => {
    expect(parseCommandLine([], false)).toMatchObject({ options: { headless: true } });
  });
  it('takes what follows -- for files', () => {
    expect(parseCommandLine(['--', '--odd.mp4'], true)).toMatchObject({ options: { inputs: ['--odd.mp4'] } });
  });
});

describe('inputs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-inputs-'));
  const at = (name: string): string => join(folder, name);
  const brief = (input: Input): string => (input.kind === 'error' ? input.error.error.code : input.kind);
  const codes = (...given: string[]): string[] => readInputs(given).map(brief);
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('takes names with anything in them as they are', () => {
    const names = [
      'a b.mp4',
      'ü日本.mp4',
      '[x]*?.mp4',
      '100%20#1.mp4',
      'a:b.mp4',
      'it\'s "$HOME".mp4',
      '--x.mp4',
      'l\n.mp4',
    ];
    for (const name of names) writeFileSync(at(name), 'x');
    expect(readInputs(names.map(at))).toEqual(
      names.map((name) => ({ kind: 'file', input: at(name), path: at(name), name, size: 1 })),
    );
    expect(codes(at('*.mp4'))).toEqual(['not-found']); // the shell's work, not ours
  });
  it('reads a folder with 1,000 files, and one in one 200 times', () => {
    for (let i = 0; i < 1_000; i++) {
      mkdirSync(at('many'), { recursive: true });
      writeFileSync(at(`many/${String(i).padStart(4, '0')}.mp4`), '');
    }
    const found = readInputs([at('many')]);
    expect(found).toHaveLength(1_000);
    expect(found.map(({ input }) => input)).toEqual(found.map(({ input }) => input).toSorted());
    const deep = at(`deep/${'d/'.repeat(200)}`);
    mkdirSync(deep, { recursive: true });
    writeFileSync(`${deep}clip.mp4`, '');
    expect(codes(at('deep'))).toEqual(['file']);
  });
  it('follows no links in circles', () => {
    mkdirSync(at('circle/inner'), { recursive: true });
    symlinkSync('..', at('circle/inner/up'));
    symlinkSync('self.mp4', at('circle/self.mp4'));
    symlinkSync('nowhere', at('circle/gone.mp4'));
    writeFileSync(at('circle/clip.mp4'), 'x');
    symlinkSync('../clip.mp4', at('circle/inner/link.mp4'));
    expect(codes(at('circle'))).toEqual(['file', 'not-found', 'file', 'not-found']);
  });
  it('never waits for a pipe', () => {
    mkdirSync(at('pipes'));
    execFileSync('mkfifo', [at('pipes/pipe.mp4')]);
    expect(codes(at('pipes'), at('pipes/pipe.mp4'), '/dev/null')).toEqual(Array(3).fill('not-a-file'));
  });
  it.skipIf(process.getuid?.() === 0)('says that a file may not be read', () => {
    mkdirSync(at('shut'));
    writeFileSync(at('shut.mp4'), 'x', { mode: 0 });
    chmodSync(at('shut'), 0);
    expect(codes(at('shut.mp4'), at('shut'))).toEqual(['no-permission', 'no-permission']);
    chmodSync(at('shut'), 0o700);
  });
  it.each([
    ...[
      'ftp://host/a.mp4',
      'chrome://version',
      'about:blank',
      'file://host/a.mp4',
      'data:video/mp4,x',
      'blob:https://h/1',
    ],
    ...['javascript:alert(1)', 'http:/host/', 'https:host', 'view-source:https://h/', 'moz-extension://x/a.html'],
  ])('says of %s which addresses it takes', (input) => {
    expect(readInputs([input])).toMatchObject([
      {
        error: {
          error: {
            code: 'bad-address',
            message: `${input} is no address that can be labelled: only http:// and https:// can.`,
          },
        },
      },
    ]);
  });
  it('names the path that a file: address means', () => {
    const message = 'file:///no/a%20b.mp4 is no address that can be labelled: give the path instead, /no/a b.mp4.';
    expect(readInputs(['file:///no/a%20b.mp4'])).toMatchObject([
      { error: { error: { code: 'bad-address', message } } },
    ]);
  });
  it.each(['http://', 'https://a b/', 'https://[::1/', 'http://host:99999/'])('%s is no address', (input) => {
    expect(codes(input)).toEqual(['bad-address']);
  });
  it.each(['-', '', 'part 1: end.mp4', 'C:\\clip.mp4', 'no/such/file', `${'x'.repeat(5_000)}.mp4`])(
    '%s is a file that is not there',
    (input) => {
      expect(codes(input)).toEqual(['not-found']);
    },
  );
});

describe('what went wrong', () => {
  it.each([
    ['net::ERR_NAME_NOT_RESOLVED at http://x/', 'host-not-found'],
    ['unknown error: Error: NS_ERROR_UNKNOWN_HOST', 'host-not-found'],
    ['TypeError ENOTFOUND getaddrinfo ENOTFOUND x', 'host-not-found'],
    ['net::ERR_CONNECTION_REFUSED at http://x/', 'connection-refused'],
    ['net::ERR_PROXY_CONNECTION_FAILED', 'proxy-failed'],
    ['NS_ERROR_PROXY_CONNECTION_REFUSED', 'proxy-failed'],
    ['net::ERR_CERT_DATE_INVALID', 'tls-error'],
    ['Error: NS_ERROR_GENERATE_FAILURE(NS_ERROR_MODULE_SECURITY, SSL_ERROR_RX_RECORD_TOO_LONG)', 'tls-error'],
    ['MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT', 'tls-error'],
    ['TypeError DEPTH_ZERO_SELF_SIGNED_CERT self-signed certificate', 'tls-error'],
    ['net::ERR_INTERNET_DISCONNECTED', 'offline'],
    ['TimeoutError', 'timed-out'],
    ['net::ERR_CONNECTION_TIMED_OUT', 'timed-out'],
    ['net::ERR_TOO_MANY_REDIRECTS', 'redirected'],
    ['NS_ERROR_NET_RESET', 'connection-lost'],
    ['net::ERR_ABORTED', 'no-page'],
    ['', 'network'],
    ['something new', 'network'],
  ])('%s', (said, code) => {
    expect(unreached('x', said)).toMatchObject({ input: 'x', error: { code } });
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

const pageVideo = (input: string, media: string): Label =>
  ({
    schema: 'assay-label/1',
    subject: { kind: 'page-video', input, media },
    verdict: 'unknown',
    headline: { provenance: 'No credentials', likelihood: '' },
  }) as unknown as Label;

describe('output', () => {
  it('lets no control character and no change of direction reach the terminal', () => {
    expect(printable('a\x1b[31mb\u202Ec\nd')).toBe('a\uFFFD[31mb\uFFFDc\uFFFDd');
  });
  it('cuts long paths but keeps their ends', () => {
    const input = `${'x'.repeat(100)}/end.mp4`;
    const row = table([{ kind: 'error', input }]).row({
      schema: 'assay-error/1',
      input,
      error: { code: 'not-found', message: `${input} does not exist.` },
    });
    expect(row).toMatch(/^x+…x+\/end\.mp4 {2}does not exist\.$/);
  });
  it.each([
    ['https://site.test/a.mp4', 'https://site.test/a.mp4'],
    ['https://video.site.test/news/clip.mp4', 'video.site.test/news/clip.mp4'],
    ['https://video.site.test/2026/11/25/news/clip.mp4', 'video.site.test/…/clip.mp4'],
    ['https://video.site.test/2026/11/25/news/watch?v=abc', 'video.site.test/…/watch?v=abc'],
    [`https://video.site.test/news/clip.mp4?token=${'x'.repeat(50)}`, 'video.site.test/…/clip.mp4?…'],
    [`https://video.site.test/?token=${'x'.repeat(50)}`, 'video.site.test/…/?…'],
  ])('shows host and file of %s', (address, expected) => {
    expect(shorten(address, 32)).toBe(expected);
  });
  it.each([
    [`https://${'sub.'.repeat(20)}site.test/a/clip.mp4`, /^sub\.[sub.]*…[sub.]*site\.test\/…\/clip\.mp4$/],
    [`https://site.test/a/${'long-'.repeat(20)}clip.mp4`, /^site\.test\/…\/long[long-]*…[long-]*clip\.mp4$/],
    [`https://${'a'.repeat(99)}.test/${'b'.repeat(99)}.mp4`, /^a+…a+\.test\/…\/b+…b+\.mp4$/],
  ])('shows what it can of host and file of %s', (address, expected) => {
    const short = shorten(address, 32);
    expect(short).toMatch(expected);
    expect(columnsOf(short)).toBeLessThanOrEqual(32);
  });
  it('cuts any name to any width', () => {
    const names = ['', 'a', 'https://', 'https://h', 'https://h/f?q', `https://${'h'.repeat(50)}/${'f'.repeat(50)}?q`];
    for (const name of [...names, 'C:\\x', '\u202Egpj.exe', '🎬'.repeat(40)]) {
      for (let width = 12; width < 60; width++) expect(columnsOf(fit(name, width))).toBe(width);
    }
  });
  it.each([
    ['日本語の動画.mp4', 16],
    ['clip🎬.mp4', 10],
    ['e\u0301te\u0301.mp4', 7],
    ['ｆｕｌｌ.mp4', 12],
    ['한국어.mp4', 10],
    ['👍🏽🇩🇪.mp4', 8],
  ])('knows that %s takes %i columns', (name, columns) => {
    expect(columnsOf(name)).toBe(columns);
    expect(fit(name, 20)).toBe(name + ' '.repeat(20 - columns));
  });
  it('parts no sign and is never too wide where signs take two columns', () => {
    const name = `${'日本'.repeat(20)}e\u0301nd.mp4`;
    for (let width = 12; width < 60; width++) {
      const short = shorten(name, width);
      expect(width - columnsOf(short)).toBeLessThanOrEqual(2); // one sign of two columns may not fit on either side
      expect(columnsOf(short)).toBeLessThanOrEqual(width);
      expect(short).toMatch(/e\u0301nd\.mp4$/);
    }
  });
  it.each([
    ['letters', 'a', /^site\.test\/…\/a+…a+\.mp4$/],
    ['emoji', '🎬', /^site\.test\/…\/(?:🎬)+…(?:🎬)+\.mp4$/u],
    ['combining marks', 'e\u0301', /^site\.test\/…\/(?:e\u0301)+…(?:e\u0301)+\.mp4$/],
    ['joined emoji', '👩\u200D🚀', /^site\.test\/…\/.*…/u],
    ['folders', 'a/', /^site\.test\/a\/.*…|^site\.test\/…\/\.mp4$/],
    ['a query', 'clip.mp4?', /^site\.test\/(?:…\/)?clip\.mp4/],
  ])('looks at the ends of a very long address only: %s', (_what, sign, expected) => {
    const address = `https://site.test/${sign.repeat(1_000_000 / sign.length)}.mp4`;
    const segment = vi.spyOn(Intl.Segmenter.prototype, 'segment');
    const short = shorten(address, 40);
    const row = table([{ kind: 'address', input: address }]).row({
      schema: 'assay-error/1',
      input: address,
      error: { code: 'x', message: 'MESSAGE' },
    });
    const told = segment.mock.calls.reduce((sum, [text]) => sum + text.length, 0);
    segment.mockRestore();
    expect(columnsOf(short)).toBeLessThanOrEqual(40);
    expect(short).toMatch(expected);
    expect(short.isWellFormed()).toBe(true);
    expect(row).toMatch(/MESSAGE$/);
    expect(told).toBeLessThan(100_000);
  });
  it('keeps its columns in line whatever the names are', () => {
    const names = ['plain.mp4', '日本語.mp4', '🎬🎬.mp4'];
    const inputs = names.map((input) => ({ kind: 'error' as const, input }));
    const rows = table(inputs);
    const places = names.map((input) => {
      const row = rows.row({ schema: 'assay-error/1', input, error: { code: 'x', message: 'MESSAGE' } });
      return columnsOf(row.slice(0, row.indexOf('MESSAGE')));
    });
    expect(new Set(places).size).toBe(1);
  });
  it('tells the videos of a page apart', () => {
    const rows = table([{ kind: 'address', input: 'https://site.test/' }]);
    const names = [
      'https://cdn.test/media/a.mp4',
      'blob:https://site.test/1',
      `https://x.test/${'b'.repeat(90)}.mp4`,
    ].map((media) => rows.row(pageVideo('https://site.test/', media)).split('  ')[0]);
    expect(names).toEqual([
      'https://site.test/ #1 a.mp4',
      'https://site.test/ #2',
      expect.stringMatching(/ #3 b+…b+\.mp4$/),
    ]);
  });
  it('keeps one object on one line', () => {
    const line = jsonLine({ schema: 'assay-error/1', input: 'a\n\u2028b', error: { code: 'x', message: 'y' } });
    expect(line).not.toMatch(/[\n\u2028]/);
    expect(JSON.parse(line)).toMatchObject({ input: 'a\n\u2028b' });
  });
  it('has nothing in its lines that commands a terminal', () => {
    const input = Array.from({ length: 0x100 }, (_, code) => String.fromCharCode(code)).join('');
    const line = jsonLine({ schema: 'assay-error/1', input, error: { code: 'x', message: 'y' } });
    expect(line).not.toMatch(/\p{Cc}/u);
    expect(JSON.parse(line)).toMatchObject({ input });
  });
  it('knows videos by their names', () => {
    expect(['a.MP4', 'b.m4v', 'c.mov', 'd.webm', 'e.mkv', 'f.avi'].every(isVideoName)).toBe(true);
    expect(['a.txt', 'b.m4s', 'mp4', 'c.mp4.part'].some(isVideoName)).toBe(false);
  });
});
