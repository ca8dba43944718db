/** The built command line: files and addresses in, labels and clear errors out. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Label, LabelError } from '../../src/contract/label';
import { CLI, cli, lines, runCommand, type Ran } from './support/cli';
import { BROWSERS } from './support/launch';
import { startTestServer, type TestServer } from './support/server';

const brief = (result: Label | LabelError): string =>
  result.schema === 'assay-label/1' ? `${result.credentials.state} ${result.verdict}` : result.error.code;

const media = (name: string): string => resolve('test/fixtures/media', name);

/** Processes whose command line holds a text: browsers name their profile there. */
function processesNaming(text: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text);
    } catch {
      return false; // it has gone in the meantime
    }
  });
}

describe('words', () => {
  it('has help and a version', async () => {
    expect(await cli('--help')).toMatchObject({ code: 0, err: '', out: expect.stringContaining('Usage:') as string });
    expect((await cli('--version')).out).toMatch(/^assay \d+\.\d+\.\d+\n$/);
  });
  it('takes names of files from where the user stands', async () => {
    const args = [
      '--prefix',
      resolve('.'),
      'start',
      '--silent',
      '--',
      'unsigned.mp4',
      '--json',
      '--headless',
      '--no-estimate',
    ];
    const label = await runCommand('npm', args, media(''));
    expect(lines(label).map(brief)).toEqual(['none unknown']);
    expect(label.code).toBe(0);
  });
  it.each([
    [['--bogus']],
    [['--browser', 'opera']],
    [['--limit', 'x']],
    [['--browser']],
    [['--jobs', '0']],
    [['--anchors=']],
    [['--anchors', 'no such file', 'a.mp4']],
  ])('says in one line what is wrong with %j', async (args) => {
    const ran = await cli(...args);
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toMatch(/^assay: [^\n]+\n$/);
  });
});

describe.each(BROWSERS)('in %s', (browser) => {
  let folder: string;
  let server: TestServer;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'assay-cli-'));
    mkdirSync(join(folder, 'clips/deep'), { recursive: true });
    mkdirSync(join(folder, 'empty'));
    copyFileSync(media('ai-signed.mp4'), join(folder, 'clips/a ü?.mp4'));
    copyFileSync(media('tampered.mp4'), join(folder, 'clips/deep/b.mp4'));
    writeFileSync(join(folder, 'clips/notes.txt'), 'no video');
    server = await startTestServer();
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await server.close();
  });

  it('labels files and folders in the order given, and says what it could not open', async () => {
    const missing = join(folder, 'missing.mp4');
    const inputs = [missing, join(folder, 'clips'), join(folder, 'empty'), media('zero-bytes.mp4'), media('text.mp4')];
    const ran = await cli('--json', '--headless', '--no-estimate', '--browser', browser, ...inputs);
    const results = lines(ran);
    expect(results.map(brief)).toEqual([
      'not-found',
      'unrecognised declared-ai',
      'changed changed',
      'no-video',
      expect.stringMatching(/^unreachable /) as string,
      expect.stringMatching(/^(unreachable|unsupported) /) as string,
    ]);
    expect(results[1]).toMatchObject({
      subject: { kind: 'file', input: join(folder, 'clips/a ü?.mp4'), media: 'a ü?.mp4' },
      estimate: { reason: 'switched-off' },
      engine: { browser: expect.stringContaining(browser) as string },
    });
    expect(ran.code).toBe(2);
    const said = ran.err.trim().split('\n');
    expect(said).toHaveLength(3);
    expect(said[2]).toBe('assay: 4 labels, 2 errors.');
    expect(ran.err).not.toContain('    at ');
  });

  it('says the hash of files that are here, whatever they are', async () => {
    const files = ['unsigned.mp4', 'ai-signed.mp4', 'webm-aigc.webm', 'text.mp4'].map(media);
    const ran = await cli('--json', '--headless', '--no-estimate', '--browser', browser, ...files);
    const hashes = files.map((file) => createHash('sha256').update(readFileSync(file)).digest('hex'));
    expect(lines(ran)).toMatchObject(hashes.map((sha256) => ({ credentials: { coverage: { sha256 } } })));
  });

  it('takes anchors, and says in one line what is wrong with them', async () => {
    const anchored = (file: string): Promise<Ran> =>
      cli('--json', '--headless', '--no-estimate', '--browser', browser, '--anchors', file, media('ai-signed.mp4'));
    const ran = await anchored('test/fixtures/test-root.pem');
    expect(lines(ran)).toMatchObject([{ credentials: { state: 'trusted-user', list: 'user' } }]);
    expect(ran).toMatchObject({ code: 0, err: '' });

    const broken = join(folder, 'broken.pem');
    writeFileSync(broken, readFileSync('test/fixtures/test-root.pem', 'utf8').slice(0, 200));
    expect(await anchored(broken)).toEqual({
      code: 2,
      out: '',
      err: `assay: ${broken}: The certificate is broken or incomplete.\n`,
    });
  });

  it('labels the videos of a page', async () => {
    // A name that both this process and the browser know: the loopback address.
    const video = (name: string): string =>
      `<video src="/media/${name}" width="480" height="270" muted autoplay></video>`;
    server.page('/two.html', video('ai-signed.mp4') + video('unsigned.mp4'));
    const address = server.url('/two.html').replace('site.test', '127.0.0.1');
    const ran = await cli('--json', '--headless', '--no-estimate', '--browser', browser, address);
    expect(
      lines(ran).map((r) => (r.schema === 'assay-label/1' ? [r.credentials.state, r.estimate.reason] : r.error.code)),
    ).toEqual([
      ['unrecognised', 'switched-off'],
      ['none', 'switched-off'],
    ]);
    expect(ran.code).toBe(0);
  });

  it('plays the videos of all frames', async () => {
    const still = (name: string): string => `<video src="/media/${name}" width="480" height="270"></video>`;
    const shadow = `<div id="host"></div><script>
      document.getElementById('host').attachShadow({ mode: 'open' }).innerHTML = ${JSON.stringify(still('aigc.mp4'))};
    </script>`;
    const frame = (address: string): string => `<iframe src="${address}" width="500" height="300"></iframe>`;
    server.page('/same', still('ai-signed.mp4'));
    server.page('/inner', still('unsigned.mp4'));
    server.page('/other', frame('/inner'));
    server.page('/frames', shadow + frame('/same') + frame(server.url('/other')));
    const address = server.url('/frames').replace('site.test', '127.0.0.1');
    const ran = await cli('--json', '--headless', '--browser', browser, address);
    const found = lines(ran).map((r) => (r.schema === 'assay-label/1' ? r.estimate.state : r.error.code));
    expect(found).toEqual(['answered', 'answered', 'answered']);
  });

  it('ends as soon as it is done: none of its longer timers has to run out', async () => {
    const log = join(folder, 'ran-out.txt');
    rmSync(log, { force: true }); // of another browser, or of a first try
    const watched = `data:text/javascript,${encodeURIComponent(`
      import { appendFileSync } from 'node:fs';
      const begin = globalThis.setTimeout;
      globalThis.setTimeout = (call, ms, ...args) => {
        const told = () => { appendFileSync(${JSON.stringify(log)}, ms + ' ms\\n'); call(...args); };
        return ms < 2000 ? begin(call, ms, ...args) : begin(told, ms);
      };`)}`;
    const args = ['--import', watched, CLI, '--headless', '--json', '--browser', browser, media('text.mp4')];
    expect(await runCommand(process.execPath, args)).toMatchObject({ code: 0, err: '' });
    expect(existsSync(log) ? readFileSync(log, 'utf8') : '').toBe('');
  });

  it('prints a table without --json', async () => {
    const ran = await cli('--headless', '--no-estimate', '--browser', browser, media('ai-signed.mp4'));
    const [header, row] = ran.out.split('\n');
    expect(header).toMatch(/^FILE +VERDICT +PROVENANCE +LIKELIHOOD$/);
    expect(row).toContain('Unverified signer says: AI-generated');
    expect(ran.code).toBe(0);
  });

  it('a table has its errors also on standard error, and their number at its end', async () => {
    const missing = join(folder, 'missing\u202E.mp4');
    const ran = await cli('--headless', '--no-estimate', '--browser', browser, missing, media('ai-signed.mp4'));
    expect(ran.out.split('\n')).toHaveLength(4); // header, two rows, end
    expect(ran.err).toBe(`assay: ${missing.replace('\u202E', '\uFFFD')} does not exist.\nassay: 1 label, 1 error.\n`);
    expect(ran.code).toBe(2);
  });

  it('shows each sample of the gallery once, by its name', async () => {
    const [, ...rows] = (await cli('--headless', '--no-estimate', '--browser', browser)).out.trim().split('\n');
    const files = ['ai-signed', 'camera-signed', 'ai-edited', 'tampered', 'aigc', 'unsigned'];
    const names = [...files.map((file, i) => `gallery #${String(i + 1)} ${file}.mp4`), 'gallery #7'];
    expect(rows.map((row) => row.split('  ')[0])).toEqual(names);
  });

  it.each(['| head -1', '2>&1 | head -1'])('ends quietly when nobody reads on: %s', async (pipe) => {
    const temporary = mkdtempSync(join(tmpdir(), 'assay-closed-'));
    const many = Array.from({ length: 40 }, () => media('unsigned.mp4')).join(' ');
    const command = `TMPDIR=${temporary} ${process.execPath} ${CLI} --json --headless --no-estimate --browser ${browser} ${many}`;
    const ran = await runCommand('bash', ['-o', 'pipefail', '-c', `${command} ${pipe}`]);
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(lines(ran).map(brief)).toHaveLength(1);
    await vi.waitUntil(() => processesNaming(temporary).length === 0, { timeout: 10_000, interval: 100 });
    // Firefox has a folder there for all of its own.
    expect(readdirSync(temporary).filter((name) => name !== 'firefox-esr')).toEqual([]);
    rmSync(temporary, { recursive: true });
  });

  it.runIf(existsSync('/dev/full')).each(['>', '--out'])('says it when its results find no room: %s', async (to) => {
    const command = `${process.execPath} ${CLI} --json --headless --no-estimate --browser ${browser} ${media('unsigned.mp4')}`;
    const ran = await runCommand('bash', ['-c', `${command} ${to} /dev/full`]);
    expect(ran).toMatchObject({
      code: 2,
      err: "assay: the results can't be written: no room is left on the device.\n",
    });
  });

  it('writes to standard output where a dash stands for the file', async () => {
    const { code, out } = await cli('--json', '--headless', '--browser', browser, '--out', '-', join(folder, 'empty'));
    expect([code, JSON.parse(out)]).toMatchObject([2, { error: { code: 'no-video' } }]);
    expect(existsSync('-')).toBe(false);
  });

  it.each<[string, (temporary: string) => boolean]>([
    ['while the browser starts', (temporary) => processesNaming(temporary).length > 0],
    ['in the middle of a label', () => server.seen().some(({ path }) => path.startsWith('/fault/silent/'))],
  ])('leaves nothing behind when it is interrupted %s', async (_, isThen) => {
    server.forget();
    const temporary = mkdtempSync(join(tmpdir(), 'assay-interrupted-'));
    const args = [CLI, '--headless', '--browser', browser, server.fault('silent', 'x.mp4')];
    const child = spawn(process.execPath, args, { stdio: 'ignore', env: { ...process.env, TMPDIR: temporary } });
    const ended = new Promise((done) => child.once('close', done));
    await vi.waitUntil(() => isThen(temporary), { timeout: 60_000, interval: 100 });
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    await vi.waitUntil(() => processesNaming(temporary).length === 0, { timeout: 10_000, interval: 100 });
    // Firefox has a folder there for all of its own.
    expect(readdirSync(temporary).filter((name) => name !== 'firefox-esr')).toEqual([]);
    rmSync(temporary, { recursive: true });
  });
});
